#include "rules/check/explain_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "rules/check/explain_page.hpp"
#include "rules/check/explain_reasons.hpp"
#include "rules/match/condition_table.hpp"
#include "rules/match/window_text.hpp"

namespace tocsin::check {
namespace {

using match::Expression;

constexpr std::size_t kConditionColumnsMax = 80;

/// What the rules before this one gave to the alert.
struct Given {
    std::string service;
    std::string severity;
    std::string decided_by;  ///< Empty if none of them decided.
};

Given given_before(const Rulebook& rulebook, std::size_t rule, const Trail& trail) {
    Given given;
    for (std::size_t i = 0; i < std::min(rule, trail.size()); ++i) {
        if (!trail[i].is_match) continue;
        const auto& spec = rulebook.rules().rules()[i];
        if (spec.service) given.service = *spec.service;
        if (spec.severity) given.severity = to_string(*spec.severity);
        if (trail[i].is_deciding) given.decided_by = trail[i].rule;
    }
    return given;
}

/// Writes the branches of a match from left to right.
class Branches {
public:
    Branches(const std::vector<bool>& outcomes, const Fields& fields, const Given& given, RuleTree& tree)
        : outcomes_(outcomes), fields_(fields), given_(given), tree_(tree) {}

    void add(const Expression& expression, std::size_t depth) {
        if (expression.kind == Expression::Kind::Condition) {
            const auto& condition = expression.condition;
            tree_.branches.push_back({depth, condition.text(), seen_of(condition), outcomes_[next_]});
            ++next_;
            return;
        }
        if (expression.children.empty()) return;  // A rule without a match.
        auto next = next_;
        const bool holds = match::combined(expression, outcomes_, next);
        const auto words = expression.kind == Expression::Kind::All   ? "all of"
                           : expression.kind == Expression::Kind::Any ? "any of"
                                                                      : "not";
        tree_.branches.push_back({depth, words, {}, holds});
        for (const auto& child : expression.children) add(child, depth + 1);
    }

private:
    [[nodiscard]] std::string seen_of(const match::Condition& condition) const {
        const auto or_absent = [](const std::string& text) { return text.empty() ? std::string("absent") : text; };
        if (condition.path == "service") return or_absent(given_.service);
        if (condition.path == "severity") return or_absent(given_.severity);
        return seen_by(condition, fields_);
    }

    const std::vector<bool>& outcomes_;
    const Fields& fields_;
    const Given& given_;
    RuleTree& tree_;
    std::size_t next_ = 0;
};

void add_window(const match::RuleSpec& rule, TimePoint at, RuleTree& tree) {
    if (!rule.during) return;
    const auto text = fmt::format("during {} {}", match::window_text(rule.during->window), rule.during->zone.name());
    const bool holds = is_within(rule.during->window, rule.during->zone.to_civil(at));
    tree.branches.push_back({0, text, format_in(at, rule.during->zone), holds});
}

std::string fate_of(const RuleTree& tree) {
    if (!tree.decided_before.empty()) {
        return fmt::format("was not asked, as \"{}\" decided before; it would {}", tree.decided_before,
                           tree.is_match ? "match" : "not match");
    }
    if (!tree.is_match) return "does not match";
    return tree.is_deciding ? "matches and decides" : "matches and goes on";
}

}  // namespace

std::optional<RuleTree> explain_rule(const Rulebook& rulebook, const Fields& fields, TimePoint at, std::string_view name) {
    const auto all = rulebook.rules().rules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const match::RuleSpec& rule) { return rule.name == name; });
    if (found == all.end()) return {};
    Trail trail;
    (void)rulebook.classify(fields, at, &trail);  // Only its trail is wanted.
    const auto given = given_before(rulebook, static_cast<std::size_t>(found - all.begin()), trail);

    const match::ConditionTable table({&*found, 1});
    match::AlertView alert(table.paths(), fields);
    alert.set_service(given.service);
    alert.set_severity(given.severity);
    RuleTree tree{found->name, found->place, settings_of(*found), false, false, given.decided_by, {}};
    const auto outcomes = table.outcomes(0, alert);
    Branches(outcomes, fields, given, tree).add(found->match, 0);
    add_window(*found, at, tree);
    tree.is_match =
        std::all_of(tree.branches.begin(), tree.branches.end(), [](const RuleBranch& b) { return b.depth > 0 || b.holds; });
    tree.is_deciding = tree.is_match && !found->goes_on && tree.decided_before.empty();
    return tree;
}

std::string to_text(const RuleTree& tree) {
    auto text = fmt::format("Rule \"{}\" ({}) {}\n", tree.rule, tree.place, fate_of(tree));
    std::size_t width = 0;
    const auto indented = [](const RuleBranch& branch) { return std::string(2 * branch.depth, ' ') + branch.text; };
    for (const auto& branch : tree.branches)
        width = std::max(width, std::min(code_points(indented(branch)), kConditionColumnsMax));
    for (const auto& branch : tree.branches) {
        text += fmt::format("  {:<3}  {}{}\n", branch.holds ? "yes" : "no",
                            branch.seen.empty() ? indented(branch) : padded(indented(branch), width),
                            branch.seen.empty() ? "" : "  saw " + branch.seen);
    }
    if (tree.branches.empty()) text += "  asks for nothing: takes every alert\n";
    return printable(text + (tree.sets.empty() ? "  sets nothing\n" : fmt::format("  sets {}\n", tree.sets)));
}

std::string to_json(const RuleTree& tree) {
    namespace json = boost::json;
    json::array branches;
    for (const auto& branch : tree.branches) {
        branches.push_back(json::object{{"depth", branch.depth},
                                        {"text", valid_utf8(branch.text)},
                                        {"seen", valid_utf8(branch.seen)},
                                        {"holds", branch.holds}});
    }
    return json::serialize(json::object{{"rule", valid_utf8(tree.rule)},
                                        {"place", valid_utf8(tree.place)},
                                        {"is_match", tree.is_match},
                                        {"is_deciding", tree.is_deciding},
                                        {"decided_before", valid_utf8(tree.decided_before)},
                                        {"sets", valid_utf8(tree.sets)},
                                        {"branches", std::move(branches)}});
}

}  // namespace tocsin::check
