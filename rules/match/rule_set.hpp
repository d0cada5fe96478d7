// Rules, ready to be asked: an alert's fields and an instant give a verdict, at a cost that hardly grows with the number of
// rules.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/model/fields.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// The canonical spelling (as Fields has it) of a path as an author writes it: keys with dots between them, a key in double
/// quotes where it holds a dot or the like. Invalid, with what is wrong, for an empty key without quotes or an unclosed quote.
[[nodiscard]] Result<std::string> parse_field_path(std::string_view written);

/// `${path}`, `${path:-default}`, and filters behind either: `${path:-default|upper|truncate:80}`. A `}`, `|` or `:-` within a
/// key stands in the key's quotes; `$${` is a literal `${`. Letters are folded as ASCII. Invalid, with what is wrong and at which
/// byte, for an unclosed `${`, an unknown filter or a bad path.
[[nodiscard]] Result<Template> parse_template(std::string_view written);
/// The text, where many values of a field are joined by commas, and how many fields it named that were absent (or null) without a
/// fallback; they render empty.
struct Rendered {
    std::string text;
    std::uint32_t empty = 0;
};
[[nodiscard]] Rendered render(const Template& text, const Fields& fields);

/// Whether RE2 takes the pattern within the memory that one rule may use; the error says what RE2 says and where.
[[nodiscard]] Result<void> check_regex(std::string_view pattern, bool ignore_case);
/// Whether "10.0.0.0/8" or an IPv6 prefix or a single address.
[[nodiscard]] Result<void> check_cidr(std::string_view prefix);
/// The number that a field's text stands for under the numeric operators; nothing if it is none ("NaN" and "inf" are none).
[[nodiscard]] std::optional<double> to_number(std::string_view text);

struct RuleIndex;

class RuleSet {
public:
    /// The specs must have been checked: a regex or prefix that does not compile aborts.
    explicit RuleSet(std::vector<RuleSpec> rules);
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;

    /// What the rules say of an alert at `now`; thread-safe. The first rule that matches decides; one with `continue` adds what
    /// it sets and the next are asked too, where `service` and `severity` are fields from then on. A later rule's settings win
    /// over an earlier one's, `actionable` adds up; if only rules with `continue` matched, the last of them is the verdict's.
    ///
    /// Where no rule says otherwise: severity from the field `priority`, else moderate; urgency by default_urgency(); summary
    /// from `title`; the incident key from source and `key`. If no rule matched the urgency is Notice. A Page whose `actionable`
    /// fields are missing (absent, null or empty) becomes a Notice. The escalation is the service's, else the roster's default.
    /// `trail`, if given, gets a step for every rule asked, in order.
    ///
    /// Summaries and incident keys see the verdict's own service and severity. A key reads "service=lms,payload.x=web1": in a
    /// value, a comma, an equals sign and a backslash have a backslash before them; several values stand sorted with commas;
    /// above limits::kIncidentKeyBytesMax it is the key's beginning and a hash of the whole.
    [[nodiscard]] Verdict classify(const Fields& fields, const Roster& roster, TimePoint now, Trail* trail = nullptr) const;

    [[nodiscard]] std::span<const RuleSpec> rules() const;
    /// For benchmarks and the like, which look at matching alone.
    [[nodiscard]] const RuleIndex& index() const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace tocsin::match
