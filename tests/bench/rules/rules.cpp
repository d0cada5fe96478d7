#include "tests/bench/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/base/assert.hpp"
#include "tests/bench/rules/words.hpp"

namespace tocsin::bench {
namespace {

using match::Expression;
using match::Operator;

constexpr std::uint64_t kSeed = 7;

using Conditions = std::vector<Expression>;

Expression condition(std::string_view field, Operator op, std::vector<std::string> operands) {
    Expression made;
    made.kind = Expression::Kind::Condition;
    made.condition.path = fmt::format("payload.result.{}", field);
    made.condition.op = op;
    made.condition.operands = std::move(operands);
    return made;
}

Expression is_one_of(std::string_view field, std::vector<std::string> operands) {
    return condition(field, Operator::OneOf, std::move(operands));
}

Expression is(std::string_view field, std::string_view operand) { return is_one_of(field, {std::string(operand)}); }

Expression text(std::string_view field, Operator op, std::string operand) { return condition(field, op, {std::move(operand)}); }

Expression between(std::string_view field, double low, double high) {
    auto made = condition(field, Operator::Between, {});
    made.condition.low = low;
    made.condition.high = high;
    return made;
}

Expression group(Expression::Kind kind, Conditions children) {
    Expression made;
    made.kind = kind;
    made.children = std::move(children);
    return made;
}

Expression none(Expression of) { return group(Expression::Kind::Not, Conditions{std::move(of)}); }
Expression all(Conditions of) { return group(Expression::Kind::All, std::move(of)); }

/// Writes one rule after the other.
class Author {
public:
    explicit Author(std::size_t count) : count_(count), order_(kServices) {
        std::iota(order_.begin(), order_.end(), 0U);
        for (auto i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[rng_.below(i)]);
    }

    Expression matcher(std::string_view kind, std::size_t i);

private:
    Expression suffix(std::size_t i) const;
    Expression glob(std::uint32_t s);
    Expression regex(std::uint32_t s);
    Expression numeric();
    Expression cidr(std::uint32_t s);
    Expression nested(std::uint32_t s);
    Expression one_of_ten(std::size_t i) const;
    Expression some_fields(std::uint32_t s);
    Expression mix(std::uint32_t s, std::size_t i);
    [[nodiscard]] Expression some_severity(std::size_t most) { return is("severity", kSeverities[rng_.below(most)]); }

    Rng rng_{kSeed};
    std::size_t count_;
    std::vector<std::uint32_t> order_;  ///< Of the services.
};

Expression Author::suffix(std::size_t i) const {
    return all({text("ip", Operator::Suffix, fmt::format(".{}.{}", i * 37 % 256, 1 + i / 256 % 254)),
                is("severity", kSeverities[i / 65'024 % kSeverities.size()])});
}

Expression Author::glob(std::uint32_t s) {
    return text("host", Operator::Glob, fmt::format("{}*.{}.example.com", host(s), one_of(rng_, kEnvironments)));
}

/// Most name a service; some only what went wrong, and only their literal texts tell them from the rest.
Expression Author::regex(std::uint32_t s) {
    const auto component = one_of(rng_, kComponents);
    switch (rng_.below(3)) {
        case 0: return text("message", Operator::Regex, fmt::format("(?i){}.*(failed|timed out|down)", service(s)));
        case 1: return text("message", Operator::Regex, fmt::format("(of|for|job|process) {}[ -:]", service(s)));
        default: return text("message", Operator::Regex, fmt::format("{}{:05}-[0-9]+.*\\.(prod|staging)", component, s));
    }
}

Expression Author::numeric() {
    const auto width = 200'000.0 / static_cast<double>(count_);
    const auto low = amount(rng_, 0, 100'000 - std::min(width, 90'000.0));
    return between("value", low, low + width);
}

Expression Author::cidr(std::uint32_t s) {
    constexpr std::array<std::uint32_t, 5> kBits{20, 24, 24, 24, 28};
    const auto bits = kBits[rng_.below(kBits.size())];
    return all({text("ip", Operator::Cidr, fmt::format("10.{}.{}.0/{}", s >> 8 & 255, s & 255 & (bits > 20 ? 0xFF : 0xF0), bits)),
                some_severity(kSeverities.size())});
}

Expression Author::nested(std::uint32_t s) {
    auto above = condition("value", Operator::Above, {});
    above.condition.low = 50'000;
    auto region = is("region", one_of(rng_, kRegions));
    return all({group(Expression::Kind::Any,
                      {all({is_one_of("service", {service(s), service((s + 1) % kServices)}), is("severity", "critical")}),
                       all({text("host", Operator::Prefix, host(s)), is("env", "prod"), std::move(above)})}),
                none(std::move(region))});
}

Expression Author::one_of_ten(std::size_t i) const {
    std::vector<std::string> services;
    for (std::size_t j = 0; j < 10; ++j) services.push_back(service(order_[(i * 10 + j) % kServices]));
    return all({is_one_of("service", std::move(services)), is_one_of("severity", {"critical", "error"})});
}

/// One to four of nine fields, mostly with the service.
Expression Author::some_fields(std::uint32_t s) {
    constexpr std::array<std::size_t, 6> kCounts{1, 2, 2, 3, 3, 4};
    Conditions pool{is("severity", one_of(rng_, kSeverities)),
                    is("env", one_of(rng_, kEnvironments)),
                    is("region", one_of(rng_, kRegions)),
                    is("source", one_of(rng_, kSources)),
                    is("alertname", one_of(rng_, kAlerts)),
                    is("team", team(s * 7 % kTeams)),
                    is("labels.namespace", fmt::format("ns-{:04}", s % kNamespaces)),
                    is("cluster", fmt::format("k8s-{:02}", s % kClusters)),
                    condition("tags", Operator::Has, {fmt::format("owner:u{:04}", rng_.below(3'000))})};
    const auto count = kCounts[rng_.below(kCounts.size())];
    Conditions chosen;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(rng_.below(pool.size()));
        chosen.push_back(pool[static_cast<std::size_t>(at)]);
        pool.erase(pool.begin() + at);
    }
    if (count <= 2 || rng_.below(10) < 6) chosen.push_back(is("service", service(s)));
    return all(std::move(chosen));
}

Expression Author::mix(std::uint32_t s, std::size_t i) {
    const auto dice = rng_.below(100);
    if (dice < 40) return some_fields(s);
    if (dice < 50) return matcher("one_of", i);
    if (dice < 60) return all({matcher("prefix", i), some_severity(3)});
    if (dice < 65) return matcher("suffix", i);
    if (dice < 75) return matcher("glob", i);
    if (dice < 80) {
        const auto low = amount(rng_, 0, 99'000);
        return all({is("team", team(static_cast<std::uint32_t>(rng_.below(kTeams)))), is("alertname", one_of(rng_, kAlerts)),
                    between("value", low, low + 1'000)});
    }
    if (dice < 85) return matcher("absent", i);
    if (dice < 93) return matcher("not", i);
    return matcher(dice < 96 ? "cidr" : "nested", i);
}

Expression Author::matcher(std::string_view kind, std::size_t i) {
    const auto s = order_[i % kServices];
    if (kind == "exact") return is("service", service(s));
    if (kind == "exact3") return all({is("service", service(s)), some_severity(3), is("env", one_of(rng_, kEnvironments))});
    if (kind == "low_cardinality") {
        return all({is("team", team(static_cast<std::uint32_t>(rng_.below(kTeams)))), some_severity(kSeverities.size()),
                    is("env", one_of(rng_, kEnvironments)), is("region", one_of(rng_, kRegions))});
    }
    if (kind == "one_of") return one_of_ten(i);
    if (kind == "prefix") return text("host", Operator::Prefix, host(s));
    if (kind == "suffix") return suffix(i);
    if (kind == "glob") return glob(s);
    if (kind == "contains") return text("message", Operator::Contains, service(s));
    if (kind == "regex") return regex(s);
    if (kind == "numeric") return numeric();
    if (kind == "cidr") return cidr(s);
    if (kind == "absent") return all({is("service", service(s)), condition("labels.maintenance", Operator::Absent, {})});
    if (kind == "not")
        return all({is("service", service(s)), none(is("env", "dev")), none(is_one_of("severity", {"info", "debug"}))});
    if (kind == "nested") return nested(s);
    TOCSIN_ASSERT(kind == "mix", "one of kinds()");
    return mix(s, i);
}

}  // namespace

std::span<const std::string_view> kinds() {
    static constexpr std::array<std::string_view, 15> kKinds{
        "exact",   "exact3", "low_cardinality", "one_of", "prefix", "suffix", "glob", "contains", "regex",
        "numeric", "cidr",   "absent",          "not",    "nested", "mix"};
    return kKinds;
}

std::vector<match::RuleSpec> rules_of(std::string_view kind, std::size_t count) {
    Author author(count);
    std::vector<match::RuleSpec> rules(count);
    for (std::size_t i = 0; i < count; ++i) {
        rules[i].name = fmt::format("rule {}", i);
        rules[i].match = author.matcher(kind, i);
        rules[i].service = fmt::format("service {}", i % 100);
        rules[i].severity = Severity::High;
    }
    return rules;
}

}  // namespace tocsin::bench
