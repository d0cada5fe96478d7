// An alert as the conditions of a rule set see it: values by the number of their path.
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/fields.hpp"

namespace tocsin::match {

/// Numbers the paths that a rule set names, 0 .. size() - 1.
class PathTable {
public:
    /// The two fields that rules give to those after them.
    static constexpr std::uint32_t kService = 0;
    static constexpr std::uint32_t kSeverity = 1;
    static constexpr std::uint32_t kNone = UINT32_MAX;

    PathTable();

    std::uint32_t add(std::string_view path);
    [[nodiscard]] std::uint32_t find(std::string_view path) const;
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

private:
    /// Of the length, the last eight bytes and the eight before them. The keys are the rulebook's own, so nobody can choose ones
    /// that collide, and a look-up is needed for every field of every alert.
    struct Hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view path) const;
    };
    boost::unordered_flat_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

/// Made once for an alert, with one look-up for each of its fields; no allocation for usual ones. The fields must outlive it.
class AlertView {
public:
    AlertView(const PathTable& paths, const Fields& fields);

    /// From now on this is the field's only value; the text must outlive the view.
    void set_service(std::string_view service) { given_[PathTable::kService] = service; }
    void set_severity(std::string_view severity) { given_[PathTable::kSeverity] = severity; }

    /// Calls visit(value) for each value of the path until one call returns true; returns whether one did.
    template <class Visit>
    bool any_of(std::uint32_t path, Visit visit) const {
        if (path < std::size(given_) && !given_[path].empty()) return visit(given_[path]);
        for (auto at = first_[path]; at != kEnd; at = next_[at]) {
            if (visit(fields_[at].value)) return true;
        }
        return false;
    }
    [[nodiscard]] bool has(std::uint32_t path) const {
        return any_of(path, [](std::string_view) { return true; });
    }
    /// Whether a path that begins with this one and a dot has a value.
    [[nodiscard]] bool has_below(std::string_view path) const;

private:
    static constexpr std::uint32_t kEnd = UINT32_MAX;

    const Fields& fields_;
    std::string_view given_[2];
    boost::container::small_vector<std::uint32_t, 64> first_;  ///< By path: its first field.
    boost::container::small_vector<std::uint32_t, 128> next_;  ///< By field: the next with the same path.
};

}  // namespace tocsin::match
