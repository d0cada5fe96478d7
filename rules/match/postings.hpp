// Lists of clauses, by number: what every index of a rule set files its clauses in.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "rules/match/key.hpp"

namespace tocsin::match {

/// Filled first, in ascending order of clauses; sealed; then read.
class Postings {
public:
    static constexpr std::uint32_t kNoList = UINT32_MAX;

    [[nodiscard]] std::uint32_t new_list() { return lists_++; }
    [[nodiscard]] std::uint32_t lists() const { return lists_; }
    /// The list of a key, a new one if there is none.
    [[nodiscard]] std::uint32_t list_of(Key key);
    void add(std::uint32_t list, std::uint32_t clause) { filed_.push_back({list, clause}); }
    void add(Key key, std::uint32_t clause) { add(list_of(key), clause); }
    void seal();

    /// Ascending, without repetition. Requires seal().
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t list) const {
        return {clauses_.data() + begins_[list], begins_[list + 1] - begins_[list]};
    }
    [[nodiscard]] std::span<const std::uint32_t> find(Key key) const;
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Filed {
        std::uint32_t list;
        std::uint32_t clause;
    };
    std::uint32_t lists_ = 0;
    std::vector<Filed> filed_;
    boost::unordered_flat_map<Key, std::uint32_t, AsItIs> keys_;
    std::vector<std::uint32_t> begins_;
    std::vector<std::uint32_t> clauses_;
};

}  // namespace tocsin::match
