// Random rules and alerts over few words, so that they meet: what the index is compared with the plain evaluator on.
#pragma once

#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "core/model/fields.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match::kit {

class RandomRules {
public:
    explicit RandomRules(std::uint64_t seed) : rng_(seed) {}

    /// With every operator, nesting, windows and `continue`.
    [[nodiscard]] std::vector<RuleSpec> rules(std::size_t count);
    /// Conjunctions of equalities of few values, none of which is rare: what is looked up together.
    [[nodiscard]] std::vector<RuleSpec> weak_rules(std::size_t count);
    /// With paths and values that the rules ask for, and with odd ones.
    [[nodiscard]] Fields alert();
    [[nodiscard]] Fields weak_alert();
    [[nodiscard]] TimePoint instant();
    [[nodiscard]] std::size_t below(std::size_t bound) { return rng_.below(bound); }

private:
    [[nodiscard]] RuleSpec rule(std::size_t number);
    [[nodiscard]] Expression expression(std::size_t depth);
    [[nodiscard]] Condition condition();
    [[nodiscard]] std::string value_for(const Condition& condition);
    void add_operands(Condition& condition);
    [[nodiscard]] std::string operand(Operator op);
    [[nodiscard]] std::string path();
    [[nodiscard]] std::string word();
    [[nodiscard]] std::string value();
    [[nodiscard]] std::string number();
    template <std::size_t size>
    [[nodiscard]] std::string_view one_of(const std::string_view (&words)[size]) {
        return words[rng_.below(size)];
    }

    Rng rng_;
    std::vector<Condition> asked_;  ///< By the rules so far.
};

/// For the message of a failure: the rules and the alert, as a person would read them.
[[nodiscard]] std::string text_of(const std::vector<RuleSpec>& rules);
[[nodiscard]] std::string text_of(const Fields& fields);

}  // namespace tocsin::match::kit
