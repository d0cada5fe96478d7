// An alert as the conditions of a rule set see it: values by the number of their path.
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "core/model/fields.hpp"

namespace tocsin::match {

/// Of the length, the last eight bytes and the eight before them. The keys are the rulebook's own, so nobody can choose ones that
/// collide, and a look-up is needed for every field of every alert.
struct PathHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view path) const;
};

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
    boost::unordered_flat_map<std::string, std::uint32_t, PathHash, std::equal_to<>> numbers_;
};

/// A value of an alert under a path that the rules name, with what was found out about it once.
struct SeenValue {
    static constexpr std::uint32_t kUnknown = UINT32_MAX;

    std::string_view text;
    std::uint32_t path = 0;
    std::uint32_t next = UINT32_MAX;  ///< The path's next value.
    std::uint32_t number = kUnknown;  ///< Of the text in the rule set's table, if it was looked up and is there.
    std::uint32_t folded_number = kUnknown;
    double quantity = std::numeric_limits<double>::quiet_NaN();  ///< What to_number() makes of it, if that was asked for.
};

/// Made once for an alert, with one look-up for each of its fields; no allocation for usual ones. The fields must outlive it.
class AlertView {
public:
    AlertView(const PathTable& paths, const Fields& fields);

    /// From now on this is the field's only value, unless it is empty: then it is the alert's own again. The text must outlive
    /// the view. Returns the new value, if there is one; it is not looked up yet.
    SeenValue* set_service(std::string_view service) { return give(PathTable::kService, service); }
    SeenValue* set_severity(std::string_view severity) { return give(PathTable::kSeverity, severity); }

    /// Calls visit(value) for each value of the path until one call returns true; returns whether one did.
    template <class Visit>
    bool any_seen(std::uint32_t path, Visit visit) const {
        for (auto at = first_[path]; at != kEnd; at = seen_[at].next) {
            if (visit(seen_[at])) return true;
        }
        return false;
    }
    template <class Visit>
    bool any_of(std::uint32_t path, Visit visit) const {
        return any_seen(path, [&](const SeenValue& value) { return visit(value.text); });
    }
    [[nodiscard]] bool has(std::uint32_t path) const { return first_[path] != kEnd; }
    /// Whether a path that begins with this one and a dot has a value.
    [[nodiscard]] bool has_below(std::string_view path) const;

    [[nodiscard]] const Fields& fields() const { return fields_; }
    /// All values of known paths, to look things up about them.
    [[nodiscard]] std::span<SeenValue> seen() { return {seen_.data(), seen_.size()}; }

private:
    static constexpr std::uint32_t kEnd = UINT32_MAX;

    SeenValue* give(std::uint32_t path, std::string_view value);

    const Fields& fields_;
    boost::container::small_vector<SeenValue, 48> seen_;
    boost::container::small_vector<std::uint32_t, 64> first_;  ///< By path: its first value.
    std::uint32_t own_first_[2];                               ///< Of the two paths that rules give.
};

}  // namespace tocsin::match
