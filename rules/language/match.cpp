// The `match` of a rule: fields, operators, and how they combine.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

using match::Expression;

Expression combined(Expression::Kind kind, std::vector<Expression> children) {
    if (kind != Expression::Kind::Not && children.size() == 1) return std::move(children.front());
    Expression expression;
    expression.kind = kind;
    expression.children = std::move(children);
    return expression;
}

/// `any: [{...}, {...}]`, `all:` the same; a single map is a list of one.
Expression decode_children(const yaml::Cursor& value, Expression::Kind kind, std::vector<MatchedName>& matched) {
    std::vector<Expression> children;
    for (const auto& item : one_or_more(value)) children.push_back(decode_match(item, matched));
    return combined(kind, std::move(children));
}

/// What stands under `not` in a match: a map, or a list of maps of which none may hold.
Expression decode_not(const yaml::Cursor& value, std::vector<MatchedName>& matched) {
    return combined(Expression::Kind::Not, {decode_children(value, Expression::Kind::Any, matched)});
}

void set_line(Expression& expression, std::int32_t line) {
    expression.condition.line = line;
    for (auto& child : expression.children) set_line(child, line);
}

/// `or`, `message`: what other languages have in this place.
bool report_other_word(const yaml::Entry& entry) {
    yaml::Diagnostic found;
    if (!yaml::hint_other_word(found, entry.name, other_words::of_match())) return false;
    entry.key.error(fmt::format("no field is called \"{}\"", entry.name)).hints = std::move(found.hints);
    return true;
}

/// A field that an author wrote in front of its operators must be a path; `any`, `all` and `not` are not.
void decode_key(const yaml::Entry& entry, std::vector<Expression>& into, std::vector<MatchedName>& matched) {
    if (entry.name == "any") {
        into.push_back(decode_children(entry.value, Expression::Kind::Any, matched));
    } else if (entry.name == "all") {
        into.push_back(decode_children(entry.value, Expression::Kind::All, matched));
    } else if (entry.name == "not") {
        into.push_back(decode_not(entry.value, matched));
    } else if (report_other_word(entry)) {
        // What stands in it is looked at all the same, so that its mistakes are reported too.
        const auto inside = entry.value.one_or_more();
        if (entry.value.is_list() && !inside.empty() && inside.front().is_map()) {
            (void)decode_children(entry.value, Expression::Kind::Any, matched);
        } else {
            (void)decode_conditions(entry.name, entry.value, matched);
        }
    } else if (const auto path = field_path(entry.key, entry.name)) {
        into.push_back(decode_conditions(*path, entry.value, matched));
        set_line(into.back(), entry.key.place().line);
    } else {
        (void)decode_conditions(entry.name, entry.value, matched);
    }
}

}  // namespace

match::Expression decode_match(const yaml::Cursor& map, std::vector<MatchedName>& matched) {
    std::vector<Expression> children;
    const auto entries = map.entries();
    for (const auto& entry : entries) decode_key(entry, children, matched);
    return combined(Expression::Kind::All, std::move(children));
}

/// Service and severity are what rules say of an alert; what is asked before them cannot ask for these.
void refuse_what_rules_set(const yaml::Cursor& match) {
    if (!match.is_map()) return;
    for (const auto& entry : match.entries()) {
        if (entry.name != "service" && entry.name != "severity") continue;
        entry.key.error(fmt::format("no alert has a {} before the rules have judged it", entry.name))
            .hints.emplace_back("say what the alert itself holds: title, tags, labels.*, payload.*");
    }
}

}  // namespace tocsin::language
