#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::kit {
namespace {

Expression condition(std::string path, Operator op, std::vector<std::string> operands) {
    Expression made;
    made.kind = Expression::Kind::Condition;
    made.condition.path = std::move(path);
    made.condition.op = op;
    made.condition.operands = std::move(operands);
    return made;
}

Expression group(Expression::Kind kind, std::vector<Expression> children) {
    Expression made;
    made.kind = kind;
    made.children = std::move(children);
    return made;
}

}  // namespace

Fields fields(const Values& values) {
    Fields made;
    for (const auto& [path, value] : values) made.add(path, value);
    return made;
}

Expression is(std::string path, std::vector<std::string> operands) {
    return condition(std::move(path), Operator::OneOf, std::move(operands));
}

Expression text(std::string path, Operator op, std::vector<std::string> operands) {
    return condition(std::move(path), op, std::move(operands));
}

Expression folded_text(std::string path, Operator op, std::vector<std::string> operands) {
    auto made = condition(std::move(path), op, std::move(operands));
    made.condition.ignore_case = true;
    return made;
}

Expression number(std::string path, Operator op, double low, double high) {
    auto made = condition(std::move(path), op, {});
    made.condition.low = low;
    made.condition.high = high;
    return made;
}

Expression present(std::string path) { return condition(std::move(path), Operator::Present, {}); }
Expression absent(std::string path) { return condition(std::move(path), Operator::Absent, {}); }

Expression all(std::vector<Expression> children) { return group(Expression::Kind::All, std::move(children)); }
Expression any(std::vector<Expression> children) { return group(Expression::Kind::Any, std::move(children)); }

Expression none(Expression child) {
    std::vector<Expression> children;
    children.push_back(std::move(child));
    return group(Expression::Kind::Not, std::move(children));
}

RuleSpec rule(std::string name, Expression match) {
    RuleSpec made;
    made.name = std::move(name);
    made.place = "rules/test.yaml:1";
    made.match = std::move(match);
    return made;
}

TimePoint some_night() { return *parse_rfc3339("2026-03-08T07:30:00Z"); }

bool holds(Expression match, const Values& values) {
    std::vector<RuleSpec> rules;
    rules.push_back(rule("it", std::move(match)));
    return verdict(std::move(rules), values).rule == "it";
}

Verdict verdict(std::vector<RuleSpec> rules, const Values& values) {
    return RuleSet(std::move(rules)).classify(fields(values), Roster{}, some_night());
}

Trail trail(std::vector<RuleSpec> rules, const Values& values, TimePoint now) {
    Trail steps;
    (void)RuleSet(std::move(rules)).classify(fields(values), Roster{}, now, &steps);
    return steps;
}

}  // namespace tocsin::match::kit
