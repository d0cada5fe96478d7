// What `tocsin check` proves, at size: which of 10,000 rules can never match, and a year of 100 schedules without a gap.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <functional>
#include <map>

#include "core/oncall/coverage.hpp"
#include "rules/check/reach.hpp"

namespace tocsin {
namespace {

using match::Condition;
using match::Expression;
using match::Operator;
using match::RuleSpec;

Expression condition(std::string path, Operator op, std::vector<std::string> operands, double low, double high) {
    Expression made;
    made.kind = Expression::Kind::Condition;
    made.condition = Condition{std::move(path), op, std::move(operands), low, high, false};
    return made;
}

Expression text(std::string path, Operator op, std::string operand) {
    return condition(std::move(path), op, {std::move(operand)}, 0, 0);
}

/// Rule i of a shape; none of them takes what another does, so nothing ends the search early.
using Shape = std::function<Expression(int)>;

const std::map<std::string, Shape>& shapes() {
    static const std::map<std::string, Shape> kShapes{
        {"exact", [](int i) { return text("payload.search_name", Operator::OneOf, fmt::format("search {}", i)); }},
        {"prefix", [](int i) { return text("title", Operator::Prefix, fmt::format("service-{:05} errors", i)); }},
        {"glob", [](int i) { return text("title", Operator::Glob, fmt::format("*service-{:05}*5xx?", i)); }},
        {"regex", [](int i) { return text("text", Operator::Regex, fmt::format("error {:05} [0-9]+ times", i)); }},
        {"numeric", [](int i) { return condition("payload.count", Operator::Between, {}, i * 2, i * 2 + 1); }},
        {"cidr", [](int i) { return text("payload.client", Operator::Cidr, fmt::format("10.{}.{}.0/24", i / 256, i % 256)); }},
    };
    return kShapes;
}

std::vector<RuleSpec> rules_of(const Shape& shape, int count) {
    std::vector<RuleSpec> rules;
    for (int i = 0; i < count; ++i) {
        auto& rule = rules.emplace_back();
        rule.name = fmt::format("rule {}", i);
        rule.match.children = {text("source", Operator::OneOf, "splunk"), shape(i)};
        if (i % 10 == 9) {
            rule.goes_on = true;
            rule.service = fmt::format("service-{}", i % 100);
        }
    }
    return rules;
}

void reach(benchmark::State& state, const Shape& shape) {
    const auto rules = rules_of(shape, static_cast<int>(state.range(0)));
    std::vector<const RuleSpec*> all;
    for (const auto& rule : rules) all.push_back(&rule);
    for (auto _ : state) benchmark::DoNotOptimize(check::unreachable_rules(all));
}

/// All of the shapes in turn.
Expression mixed(int i) {
    auto shape = shapes().begin();
    std::advance(shape, i % static_cast<int>(shapes().size()));
    return shape->second(i);
}

void coverage(benchmark::State& state) {
    Roster roster;
    std::vector<Target> targets;
    for (const auto* id : {"a", "b", "c"}) {
        Person person;
        person.id = id;
        person.contacts = {{"push", "ntfy", id}};
        roster.people.emplace(id, person);
    }
    const auto from = *parse_rfc3339("2026-01-05T00:00:00Z");
    for (int i = 0; i < state.range(0); ++i) {
        Schedule schedule;
        schedule.id = fmt::format("schedule-{}", i);
        schedule.time_zone = *Zone::find(i % 2 == 0 ? "America/New_York" : "Asia/Karachi");
        const Rotation weekly{Rotation::Unit::Weeks, 1, *parse_civil("2026-01-04 20:00")};
        schedule.layers = {{"day", {"a", "c", "b"}, weekly, parse_weekly_window("sun-thu 20:00-12:00")},
                           {"night", {"b", "a", "c"}, weekly, parse_weekly_window("mon-fri 12:00-20:00")},
                           {"weekend", {"a", "b"}, weekly, parse_weekly_window("fri 20:00-sun 20:00")}};
        roster.schedules.emplace(schedule.id, schedule);
        targets.push_back({Target::Kind::Schedule, schedule.id});
    }
    for (auto _ : state) {
        oncall::Coverage proof(roster, from, from + std::chrono::weeks{52});
        for (const auto& target : targets) benchmark::DoNotOptimize(proof.gaps({&target, 1}));
    }
}
BENCHMARK(coverage)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin

int main(int argc, char** argv) {
    for (const auto& [name, shape] : tocsin::shapes()) {
        benchmark::RegisterBenchmark(("reach/" + name).c_str(), tocsin::reach, shape)->Arg(10'000)->Unit(benchmark::kMillisecond);
    }
    benchmark::RegisterBenchmark("reach/mixed", tocsin::reach, tocsin::mixed)
        ->Arg(1'000)
        ->Arg(10'000)
        ->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
