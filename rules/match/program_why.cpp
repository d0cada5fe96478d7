// Why a rule did not match: the condition that failed and what it saw, for explain and for failed rulebook tests.
#include "core/base/text.hpp"
#include "rules/match/program.hpp"

namespace tocsin::match {
namespace {

constexpr std::size_t kSeenCodePointsMax = 80;
constexpr std::size_t kConditionCodePointsMax = 400;
/// Of a value before it is made printable: enough for 80 code points, and no copy of a megabyte.
constexpr std::size_t kSeenBytesLookedAt = 400;

std::string seen_by(const CompiledCondition& condition, const AlertView& alert) {
    std::string seen;
    bool is_absent = true;
    (void)alert.any_of(condition.path, [&](std::string_view value) {
        if (!is_absent) seen += ", ";
        is_absent = false;
        seen += value.empty() ? "\"\"" : value.substr(0, kSeenBytesLookedAt);
        return seen.size() >= kSeenBytesLookedAt;
    });
    if (!is_absent) return truncated(printable(seen), kSeenCodePointsMax);
    return alert.has_below(condition.written->path) ? "fields below it" : "absent";
}

}  // namespace

Program::Finding Program::why_not(Root root, const AlertView& alert) const {
    auto finding = why(root, alert);
    finding.condition = truncated(finding.condition, kConditionCodePointsMax);
    finding.seen = truncated(finding.seen, kSeenCodePointsMax);
    return finding;
}

/// Why the expression came out as it did, whether it matches or not.
Program::Finding Program::why(Root root, const AlertView& alert) const {
    const auto& node = nodes_[root];
    switch (node.kind) {
        case Expression::Kind::Condition:
            return {conditions_[node.first].written->text(), seen_by(conditions_[node.first], alert)};
        case Expression::Kind::Not: {
            auto finding = why(node.first, alert);
            finding.condition.insert(0, "not ");
            return finding;
        }
        case Expression::Kind::All:
        case Expression::Kind::Any: break;
    }
    const bool is_all = node.kind == Expression::Kind::All;
    // One child decides a failed `all` and an `any` that holds; otherwise all of them did together.
    for (auto child = node.first; child < node.first + node.count; ++child) {
        if (matches(child, alert) != is_all) return why(child, alert);
    }
    return of_all_children(node, alert, is_all ? "all of: " : "any of: ");
}

Program::Finding Program::of_all_children(const Node& node, const AlertView& alert, std::string_view words) const {
    Finding finding;
    for (auto child = node.first; child < node.first + node.count; ++child) collect(child, alert, finding);
    if (node.count == 0) return {std::string(words) + "nothing", "absent"};
    if (node.count > 1) finding.condition.insert(0, words);
    return finding;
}

void Program::collect(Root root, const AlertView& alert, Finding& into) const {
    const auto next = why(root, alert);
    if (!into.condition.empty()) into.condition += "; ";
    into.condition += next.condition;
    // Alternatives for one field saw the same.
    if (into.seen == next.seen || into.seen.ends_with("; " + next.seen)) return;
    if (!into.seen.empty()) into.seen += "; ";
    into.seen += next.seen;
}

}  // namespace tocsin::match
