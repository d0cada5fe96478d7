#include "rules/check/reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <deque>
#include <map>

#include "rules/check/formula_index.hpp"
#include "rules/match/implication.hpp"

namespace tocsin::check {
namespace {

using match::Case;
using match::Condition;
using match::Expression;
using match::Formula;
using match::RuleSpec;

/// Setters of one field that are followed one by one; with more of them, what they set is not known.
constexpr std::size_t kSettersMax = 64;

using Minutes = std::bitset<kMinutesOfWeek>;

Minutes minutes_of(const WeeklyWindow& window) {
    Minutes minutes;
    for (const auto& span : window.spans) {
        for (auto minute = span.begin; minute < span.end; ++minute)
            minutes.set(static_cast<std::size_t>(minute % kMinutesOfWeek));
    }
    return minutes;
}

/// Whether `outer` holds at every instant at which `inner` does.
bool holds_throughout(const std::optional<match::During>& outer, const std::optional<match::During>& inner) {
    if (!outer) return true;
    if (!inner || outer->zone != inner->zone) return false;
    return (minutes_of(inner->window) & ~minutes_of(outer->window)).none();
}

/// One of the two fields that rules give to those after them.
struct Given {
    std::string_view path;
    struct Setter {
        std::int32_t rule = 0;
        std::string value;
    };
    std::vector<Setter> setters{};
    std::vector<std::string> values{};  ///< All that were set so far.

    /// The path under which the field is known after so many setters. No author can write it: the field has no parts.
    [[nodiscard]] std::string path_after(std::size_t count) const { return fmt::format("{}.{}", path, count); }
};

bool can_be(const Condition& condition, const std::vector<std::string>& values) {
    const auto ranges = match::ValueRange::all_of(condition);
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) { return range.has(value); });
    });
}

class Reach {
public:
    explicit Reach(std::span<const RuleSpec* const> rules) : rules_(rules) {}

    std::vector<std::optional<Unreachable>> judge() {
        std::vector<std::optional<Unreachable>> all;
        for (std::size_t i = 0; i < rules_.size(); ++i) all.push_back(judge(static_cast<std::int32_t>(i)));
        return all;
    }

private:
    std::optional<Unreachable> judge(std::int32_t number) {
        const auto& rule = rule_of(number);
        const auto& formula = formulas_.emplace_back(staged(rule.match, Values::Known));
        auto verdict = formula.cases().empty() ? impossible(rule) : taken_before(rule, formula);
        if (!rule.goes_on && !verdict) index_.add(number, formula);
        remember(rule, number);
        return verdict;
    }

    [[nodiscard]] const RuleSpec& rule_of(std::int32_t number) const { return *rules_[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const Formula& formula_of(std::int32_t number) const { return formulas_[static_cast<std::size_t>(number)]; }

    /// Of a rule without any case: whether it is what was set before, or its conditions alone, that leave none.
    [[nodiscard]] std::optional<Unreachable> impossible(const RuleSpec& rule) const {
        if (Formula(staged(rule.match, Values::Any)).cases().empty()) return Unreachable{Unreachable::Why::Contradiction, {}, {}};
        const auto* path = asks_for_unset(rule.match, service_) ? &service_ : &severity_;
        return Unreachable{path->values.empty() ? Unreachable::Why::NothingSet : Unreachable::Why::NotSet, path->path, {}};
    }

    static bool asks_for_unset(const Expression& expression, const Given& given) {
        const auto& condition = expression.condition;
        if (expression.kind == Expression::Kind::Condition) return condition.path == given.path && fails(condition, given);
        return std::any_of(expression.children.begin(), expression.children.end(),
                           [&](const Expression& child) { return asks_for_unset(child, given); });
    }

    static bool fails(const Condition& condition, const Given& given) {
        if (condition.op == match::Operator::Absent) return false;
        return condition.op == match::Operator::Present ? given.values.empty() : !can_be(condition, given.values);
    }

    /// Whether the values that `service` and `severity` can have are taken into account.
    enum class Values : std::uint8_t { Known, Any };

    /// The expression with `service` and `severity` as they are at this rule; a condition that no value set so far satisfies
    /// fails.
    [[nodiscard]] Expression staged(const Expression& expression, Values values) const {
        Expression copy;
        copy.kind = expression.kind;
        for (const auto& child : expression.children) copy.children.push_back(staged(child, values));
        if (copy.kind != Expression::Kind::Condition) return copy;
        copy.condition = expression.condition;
        for (const auto* given : {&service_, &severity_}) {
            if (copy.condition.path != given->path) continue;
            const bool is_false = values == Values::Known && fails(copy.condition, *given);
            copy.condition.path = given->path_after(given->setters.size());
            if (is_false) copy.kind = Expression::Kind::Any;  // Of nothing.
            break;
        }
        return copy;
    }

    std::optional<Unreachable> taken_before(const RuleSpec& rule, const Formula& formula) {
        std::vector<std::int32_t> by;
        for (const auto& one : formula.cases()) {
            const auto known = with_what_was_set(one);
            if (known.is_impossible()) continue;
            const auto taker = taker_of(rule, known);
            if (!taker) return {};
            by.push_back(*taker);
        }
        if (by.empty()) return Unreachable{Unreachable::Why::Contradiction, {}, {}};
        std::sort(by.begin(), by.end());
        by.erase(std::unique(by.begin(), by.end()), by.end());
        if (by.size() > 1) return Unreachable{Unreachable::Why::Together, {}, std::move(by)};
        const auto& taker = formula_of(by.front());
        const bool is_always = match::proves(Case{}, taker) && !rule_of(by.front()).during;
        const bool is_same = match::implies(taker, formula);
        const auto why = is_always ? Unreachable::Why::CatchAll : is_same ? Unreachable::Why::Same : Unreachable::Why::Wider;
        return Unreachable{why, {}, std::move(by)};
    }

    /// The first rule that decides about every alert like this one.
    [[nodiscard]] std::optional<std::int32_t> taker_of(const RuleSpec& rule, const Case& known) const {
        for (const auto number : index_.candidates(known)) {
            const bool takes = match::proves(known, formula_of(number));
            if (takes && holds_throughout(rule_of(number).during, rule.during)) return number;
        }
        return {};
    }

    Case with_what_was_set(const Case& given) {
        auto known = given;
        for (const auto* field : {&service_, &severity_}) add_what_was_set(*field, known);
        return known;
    }

    /// What alerts like these have in the field after each rule that sets it, where the matchers show it.
    void add_what_was_set(const Given& field, Case& known) {
        if (field.setters.size() > kSettersMax) return;
        const std::string* value = nullptr;
        for (std::size_t i = 0; i < field.setters.size(); ++i) {
            const auto& setter = field.setters[i];
            const auto& formula = formula_of(setter.rule);
            if (!rule_of(setter.rule).during && match::proves(known, formula)) {
                value = &setter.value;
            } else if (value == nullptr || (*value != setter.value && can_hold(formula, known))) {
                value = nullptr;
            }
            if (value != nullptr) known.add(literal_for(field.path_after(i + 1), *value));
        }
    }

    static bool can_hold(const Formula& formula, const Case& known) {
        return std::any_of(formula.cases().begin(), formula.cases().end(), [&](const Case& one) {
            auto both = known;
            both.add_all(one);
            return !both.is_impossible();
        });
    }

    const match::Literal& literal_for(std::string path, const std::string& value) {
        const auto [found, is_new] = literals_.try_emplace(fmt::format("{}={}", path, value));
        if (!is_new) return found->second;
        Condition condition;
        condition.path = std::move(path);
        condition.operands = {value};
        found->second = {condition.path, true, match::ValueRange::all_of(condition), true};
        return found->second;
    }

    void remember(const RuleSpec& rule, std::int32_t number) {
        if (!rule.goes_on) return;
        if (rule.service) remember(service_, number, *rule.service);
        if (rule.severity) remember(severity_, number, std::string(to_string(*rule.severity)));
    }

    static void remember(Given& field, std::int32_t number, std::string value) {
        if (std::find(field.values.begin(), field.values.end(), value) == field.values.end()) field.values.push_back(value);
        field.setters.push_back({number, std::move(value)});
    }

    std::span<const RuleSpec* const> rules_;
    std::deque<Formula> formulas_;                    ///< One for each rule so far.
    FormulaIndex index_;                              ///< Of those that decide.
    std::map<std::string, match::Literal> literals_;  ///< That a field has a certain value.
    Given service_{"service"};
    Given severity_{"severity"};
};

}  // namespace

std::vector<std::optional<Unreachable>> unreachable_rules(std::span<const RuleSpec* const> rules) { return Reach(rules).judge(); }

}  // namespace tocsin::check
