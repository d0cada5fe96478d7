// What one alert costs in the rules: classify() over rulebooks like the learner team's, of 1, 20 and 200 rules.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/model/fields.hpp"
#include "core/model/roster.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

Expression condition(std::string path, Operator op, std::vector<std::string> operands, double low) {
    Expression made;
    made.kind = Expression::Kind::Condition;
    made.condition.path = std::move(path);
    made.condition.op = op;
    made.condition.operands = std::move(operands);
    made.condition.low = low;
    return made;
}

Expression group(Expression::Kind kind, std::vector<Expression> children) {
    Expression made;
    made.kind = kind;
    made.children = std::move(children);
    return made;
}

/// The kinds of rule that a team writes, in turn; all ask for service number `i`.
RuleSpec rule(int i) {
    std::vector<Expression> asked;
    asked.push_back(condition("source", Operator::OneOf, {"splunk"}, 0));
    const auto search = fmt::format("service-{} 5xx*", i);
    switch (i % 4) {
        case 0: asked.push_back(condition("payload.search_name", Operator::Glob, {search}, 0)); break;
        case 1: asked.push_back(condition("payload.result.app", Operator::OneOf, {fmt::format("service-{}", i)}, 0)); break;
        case 2:
            asked.push_back(condition("text", Operator::Regex, {fmt::format("(?i)service-{}: (failed|declined)", i)}, 0));
            break;
        default:
            asked.push_back(condition("payload.search_name", Operator::Prefix, {fmt::format("service-{} ", i)}, 0));
            asked.push_back(group(Expression::Kind::Not, {condition("tags", Operator::Has, {"test"}, 0)}));
    }
    asked.push_back(condition("payload.result.count", Operator::AtLeast, {}, 100));
    RuleSpec made;
    made.name = fmt::format("service-{} fails", i);
    made.match = group(Expression::Kind::All, std::move(asked));
    made.service = fmt::format("service-{}", i);
    made.severity = Severity::Critical;
    made.summary = *parse_template("${payload.result.host}: ${payload.result.count} server errors");
    made.incident = std::vector<std::string>{"service", "payload.result.host"};
    return made;
}

/// The last rule decides about the alert; all others are asked for nothing.
RuleSet rules_of(int count) {
    std::vector<RuleSpec> rules;
    for (int i = 4; i < count + 3; ++i) rules.push_back(rule(i));
    rules.push_back(rule(0));
    return RuleSet(std::move(rules));
}

/// About as many fields as a Splunk alert of the samples has.
Fields splunk_alert() {
    Fields fields;
    fields.add("source", "splunk");
    fields.add("kind", "splunk");
    fields.add("status", "firing");
    fields.add("title", "service-0 5xx rate above the limit");
    fields.add("text", "the load balancers answered with 5xx for five minutes; the log says: connection pool exhausted");
    fields.add("key", "scheduler__admin__search__RMD5b2_at_1772955000_1234");
    fields.add("tags", "prod");
    fields.add("tags", "lms");
    fields.add("payload.search_name", "service-0 5xx rate above the limit");
    fields.add("payload.result.app", "service-0");
    fields.add("payload.result.host", "web1.example.org");
    fields.add("payload.result.count", "120");
    for (int i = 0; i < 24; ++i) fields.add(fmt::format("payload.result.extra_{}", i), "a value of usual length");
    return fields;
}

void classify(benchmark::State& state) {
    const auto rules = rules_of(static_cast<int>(state.range(0)));
    const auto fields = splunk_alert();
    const Roster roster;
    const TimePoint now{};
    if (rules.classify(fields, roster, now).service != "service-0") state.SkipWithError("the last rule must decide");
    for (auto _ : state) benchmark::DoNotOptimize(rules.classify(fields, roster, now));
}
BENCHMARK(classify)->Arg(1)->Arg(20)->Arg(200);

}  // namespace
}  // namespace tocsin::match

BENCHMARK_MAIN();
