// What a rule asks of an alert, as data: conditions on fields and how they combine. Written by rules/language, read by RuleSet.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/lifecycle.hpp"
#include "core/model/severity.hpp"
#include "core/model/weekly_window.hpp"

namespace tocsin::match {

enum class Operator : std::uint8_t {
    OneOf,  ///< `is` and a plain value too, with one operand. Compares texts as written: 100 is "100", not "100.0".
    Prefix,
    Suffix,
    Contains,
    Glob,     ///< `*` any run, `?` one code point, no escapes; the whole value.
    Regex,    ///< RE2, unanchored.
    Has,      ///< As OneOf; the word for lists.
    Present,  ///< The path has a value at all (an empty text and null count as one), or a path below it has: `labels`.
    Absent,
    Above,
    AtLeast,
    Below,
    AtMost,
    Between,  ///< Both ends included.
    Cidr,     ///< IPv4 and IPv6.
};

[[nodiscard]] std::string_view to_string(Operator op);

/// One condition on one field. It holds if one of the field's values satisfies one of the operands; an absent field satisfies
/// none (but Absent).
struct Condition {
    std::string path;  ///< Canonical, see Fields and parse_field_path().
    Operator op = Operator::OneOf;
    std::vector<std::string> operands;  ///< For the text operators and Cidr.
    double low = 0;                     ///< For the numeric ones: Above, AtLeast, Between's lower end.
    double high = 0;                    ///< Below, AtMost, Between's upper end.
    std::int32_t line = 0;              ///< Where it stands in the file of its rule; 0: nowhere.
    bool ignore_case = false;           ///< ASCII letters; for Regex, RE2's own folding.

    /// As a person would read it: `payload.result.count at_least 100`.
    [[nodiscard]] std::string text() const;
};

struct Expression {
    enum class Kind : std::uint8_t { Condition, All, Any, Not };
    Kind kind = Kind::All;  ///< All of nothing is true: the match of a rule without `match`.
    Condition condition;
    std::vector<Expression> children;  ///< Not has one.
};

/// A window of a rule: civil time in a zone.
struct During {
    WeeklyWindow window;
    Zone zone;
};

/// `${path}`, `${path:-default}`, `${path|upper}`: literal text and fields in turn. Made by parse_template().
struct Template {
    struct Part {
        std::string text;  ///< Literal, or the canonical path if is_field.
        bool is_field = false;
        std::string fallback;              ///< After `:-`; stands where the field is absent, null or empty.
        bool has_fallback = false;         ///< There is a `:-`, maybe with nothing behind it.
        std::vector<std::string> filters;  ///< "upper", "lower", "truncate:80".
    };
    std::vector<Part> parts;
};

/// What a rule says of Lifecycle; what it leaves open another may say.
struct LifecycleSpec {
    std::optional<Duration> within;
    std::optional<Duration> reopen_within;
    std::optional<Duration> hold_down;
    std::optional<FlappingLimit> flapping;
    std::optional<bool> re_page_on_worse;

    [[nodiscard]] bool says_something() const { return within || reopen_within || hold_down || flapping || re_page_on_worse; }
    /// As an author would write it: "hold_down 5m, flapping never"; empty if it says nothing.
    [[nodiscard]] std::string text() const;
};

/// A rule, compiled from its YAML.
struct RuleSpec {
    std::string name;
    std::string place;  ///< "rules/learner.yaml:31"
    Expression match;
    std::optional<During> during;
    bool goes_on = false;  ///< `continue: true`: adds what it sets, and the next rules are asked too.

    std::optional<std::string> service;
    std::optional<Severity> severity;
    std::optional<Urgency> urgency;
    std::optional<Template> summary;
    std::optional<std::vector<std::string>> incident;  ///< Canonical paths.
    LifecycleSpec lifecycle;
    std::optional<Duration> resolve_after;
    std::vector<std::string> actionable;  ///< Canonical paths.
    std::optional<Template> reply_to;     ///< Where the sender wants to be told.
};

}  // namespace tocsin::match
