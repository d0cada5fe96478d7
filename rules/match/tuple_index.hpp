// Clauses found by the values of two to four paths together, where each of them alone is too common.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "rules/match/alert_view.hpp"
#include "rules/match/candidates.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

class TupleIndex {
public:
    /// Paths that differ, ascending. `number` tells it from the others.
    TupleIndex(std::uint32_t number, std::vector<std::uint32_t> paths, Postings& postings);

    [[nodiscard]] std::span<const std::uint32_t> paths() const { return paths_; }
    [[nodiscard]] bool asks(std::uint32_t path) const;

    /// The numbers of one text for each path, in their order.
    void add(std::span<const std::uint32_t> numbers, std::uint32_t clause, Postings& postings) const;
    /// What it finds must be verified. Requires that the alert's values were looked up.
    void find(const AlertView& alert, const Postings& postings, Candidates& candidates) const;

private:
    std::uint32_t number_;
    std::vector<std::uint32_t> paths_;
    std::uint32_t all_;  ///< The list of all clauses, for alerts with too many values.
};

}  // namespace tocsin::match
