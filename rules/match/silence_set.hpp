// Silences, ready to be asked: an alert, what the rules said of it and an instant give the silence that covers it, and until
// when.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/fields.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// A silence, compiled from its YAML, or made at run time.
struct SilenceSpec {
    std::string name;
    std::string place;  ///< "rules/learner.yaml:90"; empty if it was made at run time.
    Expression match;
    std::optional<During> during;  ///< Absent: all the time.
    std::optional<TimePoint> from;
    std::optional<TimePoint> until;  ///< Absent only if the window ends by itself.
    std::string reason;
    std::string owner;
};

/// When the silence that holds at `t` ends by itself; nothing if it does not hold at `t`. One without an end holds until
/// TimePoint::max(): the compiler refuses it.
[[nodiscard]] std::optional<TimePoint> end_of(const SilenceSpec& silence, TimePoint t);

class SilenceSet {
public:
    SilenceSet();
    /// The specs must have been checked: a regex or prefix that does not compile aborts.
    explicit SilenceSet(std::vector<SilenceSpec> silences);
    ~SilenceSet();
    SilenceSet(SilenceSet&&) noexcept;
    SilenceSet& operator=(SilenceSet&&) noexcept;

    /// The first silence that covers the alert at `now`, and the instant until which one does: where another that covers it holds
    /// when this one ends, the end is that one's, and so on (at most kFollowedMax of them), and their names are in `also`.
    /// `verdict` gives the fields `service` and `severity`. Thread-safe.
    [[nodiscard]] std::optional<Silencing> covering(const Fields& fields, const Verdict& verdict, TimePoint now) const;

    [[nodiscard]] std::span<const SilenceSpec> silences() const;
    [[nodiscard]] const SilenceSpec* find(std::string_view name) const;

    static constexpr int kFollowedMax = 100;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace tocsin::match
