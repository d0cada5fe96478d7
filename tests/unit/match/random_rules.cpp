#include "tests/unit/match/random_rules.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "rules/match/rule_set.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::kit {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kPaths[] = {"service",
                                       "severity",
                                       "source",
                                       "title",
                                       "tags",
                                       "labels",
                                       "labels.dc",
                                       "payload.count",
                                       "payload.result",
                                       "payload.result.host",
                                       "text",
                                       "payload",
                                       "payload.result.\"a.b\"",
                                       "url"};

/// The last lines hold what folds strangely, what is no UTF-8, and what looks like other things.
constexpr std::string_view kWords[] = {"a",
                                       "b",
                                       "ab",
                                       "lms",
                                       "LMS",
                                       "Lms-web",
                                       "lms-web-1",
                                       "payment failed",
                                       "Payment Declined",
                                       "disk full on web1.example.org",
                                       "web1.example.org",
                                       "WEB1.EXAMPLE.ORG",
                                       "critical",
                                       "high",
                                       "prod",
                                       "staging",
                                       "aaaaaaaa",
                                       "aaaaaaaaaaaaaaaa",
                                       "kiosk",
                                       "KIOSK",
                                       "passw",
                                       "\xE2\x84\xAAio\xC5\xBFk",
                                       "pa\xC5\xBF\xC5\xBFw",
                                       "\xC3\xA4rger",
                                       "\xC3\x84RGER",
                                       "\xD0\xBE\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0",
                                       "",
                                       "\xFF\x80x",
                                       "a\0b"sv,
                                       "a.b",
                                       "*",
                                       "?",
                                       "a*b",
                                       "\xC5",
                                       "\xBFk",
                                       "10.0.0.1",
                                       "::1",
                                       "100",
                                       "null"};

constexpr std::string_view kNumbers[] = {"0",  "-0",    "1",   "100", "100.0", "99.99", "1e2", "-5",  " 7 ",
                                         "+3", "1e400", "nan", "inf", "0x10",  "1,5",   "",    "007", ".5"};

constexpr std::string_view kAddresses[] = {"10.0.0.1",  "10.1.2.3", "192.168.1.77",    "::1",         "2001:db8::5",
                                           "10.0.0.01", "10.0.0",   "::ffff:10.0.0.1", "2001:db8:1::"};

constexpr std::string_view kPrefixes[] = {"10.0.0.0/8", "10.0.0.1",      "10.0.0.0/31", "192.168.1.64/26", "0.0.0.0/0",
                                          "::/0",       "2001:db8::/32", "::1",         "::ffff:0:0/96",   "10.0.0.1/13"};

constexpr std::string_view kRegexes[] = {"lms",
                                         "^lms",
                                         "web1?$",
                                         "(?i)kiosk",
                                         "payment (failed|declined)",
                                         "a{2,5}b*",
                                         ".*",
                                         "[0-9]+",
                                         "(lms|disk).web",
                                         "^$",
                                         "(?i)PASSW",
                                         "a.b|c.d",
                                         "\\bweb\\b",
                                         "(abc|lms-)web",
                                         "full on (web|db)[0-9]",
                                         "\xC3\xA4rger",
                                         "[^a]",
                                         "(?i)\xC3\x84rg",
                                         "x*",
                                         "staging|prod|critical",
                                         "ki?osk|passw",
                                         "(?-i:LMS)",
                                         "o{2}|p.ssw",
                                         "exam(ple)?\\."};

constexpr std::string_view kGlobs[] = {
    "*",  "lms*",    "*web1*", "*.example.org", "?",         "a*b", "l?s*",           "*a*a*a*",
    "??", "*fail*d", "LMS*",   "*k*s*",         "\xC3\xA4*", "",    "*\xE2\x84\xAA*", "web1.example.org"};

constexpr Operator kOperators[] = {Operator::OneOf,    Operator::OneOf, Operator::OneOf,   Operator::Prefix, Operator::Suffix,
                                   Operator::Contains, Operator::Glob,  Operator::Regex,   Operator::Has,    Operator::Present,
                                   Operator::Absent,   Operator::Above, Operator::AtLeast, Operator::Below,  Operator::AtMost,
                                   Operator::Between,  Operator::Cidr};

bool is_numeric(Operator op) { return op >= Operator::Above && op <= Operator::Between; }

void append_text(std::string& text, const Expression& expression) {
    constexpr std::string_view kNames[] = {"", "all", "any", "not"};
    if (expression.kind == Expression::Kind::Condition) {
        text += printable(expression.condition.text());
        return;
    }
    text += kNames[static_cast<std::size_t>(expression.kind)];
    text += '(';
    for (std::size_t i = 0; i < expression.children.size(); ++i) {
        if (i > 0) text += "; ";
        append_text(text, expression.children[i]);
    }
    text += ')';
}

}  // namespace

std::string RandomRules::path() {
    if (rng_.one_in(10)) return fmt::format("payload.extra_{}", rng_.below(20));
    return std::string(one_of(kPaths));
}

std::string RandomRules::word() {
    if (rng_.one_in(4)) return fmt::format("w{}", rng_.below(30));
    return std::string(one_of(kWords));
}

std::string RandomRules::number() {
    if (rng_.one_in(2)) return fmt::format("{}", static_cast<int>(rng_.below(120)) - 10);
    return std::string(one_of(kNumbers));
}

std::string RandomRules::value() {
    switch (rng_.below(8)) {
        case 0: return number();
        case 1: return std::string(one_of(kAddresses));
        case 2: return word() + word();
        case 3: return word() + " " + word() + " " + word();
        default: return word();
    }
}

std::string RandomRules::operand(Operator op) {
    switch (op) {
        case Operator::Cidr: return std::string(one_of(kPrefixes));
        case Operator::Regex: return std::string(one_of(kRegexes));
        case Operator::Glob: return std::string(one_of(kGlobs));
        case Operator::Prefix: return word().substr(0, rng_.below(12));
        case Operator::Contains: {
            const auto whole = word();
            return whole.substr(whole.empty() ? 0 : rng_.below(2), rng_.below(12));
        }
        default: return rng_.one_in(8) ? value() : word();
    }
}

void RandomRules::add_operands(Condition& condition) {
    const auto count = rng_.one_in(40) ? 0 : rng_.one_in(3) ? 1 + rng_.below(12) : 1;
    for (std::size_t i = 0; i < count; ++i) {
        condition.operands.push_back(operand(condition.op));
    }
}

Condition RandomRules::condition() {
    Condition made;
    made.path = path();
    made.op = kOperators[rng_.below(std::size(kOperators))];
    made.ignore_case = rng_.one_in(4);
    if (is_numeric(made.op)) {
        made.low = to_number(number()).value_or(static_cast<double>(rng_.below(100)));
        made.high = made.low + static_cast<double>(rng_.below(60)) - 5;
        if (made.op != Operator::Between) made.high = made.low;
    } else if (made.op != Operator::Present && made.op != Operator::Absent) {
        add_operands(made);
    }
    asked_.push_back(made);
    return made;
}

Expression RandomRules::expression(std::size_t depth) {
    Expression made;
    if (depth == 0 || rng_.one_in(4)) {
        made.kind = Expression::Kind::Condition;
        made.condition = condition();
        return made;
    }
    if (rng_.one_in(5)) return none(expression(depth - 1));
    made.kind = rng_.one_in(3) ? Expression::Kind::Any : Expression::Kind::All;
    const auto children = rng_.one_in(12) ? rng_.below(9) : 1 + rng_.below(4);
    for (std::size_t i = 0; i < children; ++i) made.children.push_back(expression(depth - 1));
    return made;
}

RuleSpec RandomRules::rule(std::size_t number) {
    auto made = kit::rule(fmt::format("rule {}", number), expression(1 + rng_.below(3)));
    made.goes_on = rng_.one_in(4);
    if (rng_.one_in(3)) made.service = rng_.one_in(10) ? "" : word();
    if (rng_.one_in(3)) made.severity = static_cast<Severity>(rng_.below(5));
    if (rng_.one_in(6)) {
        const auto* window = rng_.one_in(2) ? "mon-fri 09:00-17:00" : "22:00-06:00";
        made.during = During{*parse_weekly_window(window), *Zone::find("America/New_York")};
    }
    return made;
}

std::vector<RuleSpec> RandomRules::rules(std::size_t count) {
    std::vector<RuleSpec> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(rule(i));
    return made;
}

std::vector<RuleSpec> RandomRules::weak_rules(std::size_t count) {
    std::vector<RuleSpec> made;
    for (std::size_t i = 0; i < count; ++i) {
        auto rule = kit::rule(fmt::format("rule {}", i), all({}));
        for (std::size_t j = 2 + rng_.below(4); j > 0; --j) {
            rule.match.children.push_back(is(std::string(one_of(kPaths)), {fmt::format("w{}", rng_.below(4))}));
            auto& operands = rule.match.children.back().condition.operands;
            if (rng_.one_in(6)) operands.push_back(fmt::format("w{}", rng_.below(4)));
        }
        if (rng_.one_in(6)) rule.match.children.push_back(expression(1));
        rule.goes_on = !rng_.one_in(4);
        if (rng_.one_in(3)) rule.service = fmt::format("w{}", rng_.below(5));
        if (rng_.one_in(3)) rule.severity = Severity::High;
        made.push_back(std::move(rule));
    }
    return made;
}

Fields RandomRules::weak_alert() {
    Fields fields;
    const std::size_t values = rng_.one_in(20) ? 40 : 1;
    for (const auto path : kPaths) {
        if (rng_.one_in(8)) continue;
        for (std::size_t i = 1 + rng_.below(3) * values; i > 0; --i) fields.add(path, fmt::format("w{}", rng_.below(5)));
    }
    return fields;
}

/// What has a good chance to satisfy it.
std::string RandomRules::value_for(const Condition& condition) {
    if (is_numeric(condition.op)) return fmt::format("{}", condition.low + static_cast<double>(rng_.below(3)) - 1);
    if (condition.operands.empty()) return value();
    auto made = condition.operands[rng_.below(condition.operands.size())];
    switch (condition.op) {
        case Operator::Cidr: return rng_.one_in(2) ? made.substr(0, made.find('/')) : std::string(one_of(kAddresses));
        case Operator::Prefix: return made + word();
        case Operator::Suffix: return word() + made;
        case Operator::Glob:
        case Operator::Regex: return value();
        case Operator::Contains: made = word() + made + (rng_.one_in(2) ? word() : ""); break;
        default: break;
    }
    if (condition.ignore_case && !made.empty() && made[0] >= 'a' && made[0] <= 'z')
        made[0] = static_cast<char>(made[0] - 'a' + 'A');
    return made;
}

Fields RandomRules::alert() {
    Fields fields;
    const auto count = rng_.one_in(50) ? 300 : rng_.below(14);
    for (std::size_t i = 0; i < count; ++i) {
        if (!asked_.empty() && rng_.one_in(2)) {
            const auto& condition = asked_[rng_.below(asked_.size())];
            fields.add(condition.path, value_for(condition));
            continue;
        }
        const bool is_null = rng_.one_in(15);
        const auto at = rng_.one_in(5) ? path() + ".below" : path();
        fields.add(at, is_null ? std::string() : value(), is_null ? FieldType::Null : FieldType::Text);
    }
    return fields;
}

TimePoint RandomRules::instant() {
    return *parse_rfc3339("2026-03-02T00:00:00Z") + std::chrono::minutes(rng_.below(14 * 24 * 60));
}

std::string text_of(const std::vector<RuleSpec>& rules) {
    std::string text;
    for (const auto& rule : rules) {
        text += fmt::format("{}{}{}: ", rule.name, rule.goes_on ? ", continue" : "", rule.during ? ", during" : "");
        append_text(text, rule.match);
        if (rule.service) text += fmt::format(" -> service {}", printable(*rule.service));
        if (rule.severity) text += fmt::format(" -> severity {}", to_string(*rule.severity));
        text += '\n';
    }
    return text;
}

std::string text_of(const Fields& fields) {
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        text += fmt::format("{} = \"{}\"\n", fields[i].path, printable(fields[i].value));
    }
    return text;
}

}  // namespace tocsin::match::kit
