#include "daemon/api/alertmanager_matchers.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "core/model/fields.hpp"
#include "rules/match/regex.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::string_view kAlertName = "alertname";

/// Labels that stand in what we show for fields that are no labels.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kAddedLabels{
    {{"tocsin_service", "service"}, {"tocsin_severity", "severity"}, {"tocsin_source", "source"}}};

std::string path_of(std::string_view label) {
    for (const auto& [added, path] : kAddedLabels) {
        if (added == label) return std::string(path);
    }
    std::string path = "labels";
    append_key(path, label);
    return path;
}

std::string label_of_path(std::string_view path) {
    for (const auto& [added, known] : kAddedLabels) {
        if (known == path) return std::string(added);
    }
    constexpr std::string_view kLabels = "labels.";
    if (!path.starts_with(kLabels)) return {};
    path.remove_prefix(kLabels.size());
    if (path.size() < 2 || path.front() != '"') return std::string(path);
    std::string name;
    for (std::size_t i = 1; i + 1 < path.size(); ++i) {
        if (path[i] == '\\') ++i;
        name += path[i];
    }
    return name;
}

std::string anchored(std::string_view expression) { return fmt::format("^(?:{})$", expression); }

bool matches_whole(const std::string& expression, std::string_view value) {
    const auto regex = match::Regex::compile(anchored(expression), match::Letters::AsWritten);
    return regex && regex->matches(value);
}

json::object absent(const std::string& path) { return {{path, {{"present", false}}}}; }

/// The matcher as if it asked for equality.
json::object positive(const AmMatcher& matcher) {
    const auto path = path_of(matcher.name);
    const bool takes_absent = matcher.is_regex ? matches_whole(matcher.value, "") : matcher.value.empty();
    if (takes_absent && !matcher.is_regex) return absent(path);
    const json::object asked =
        matcher.is_regex ? json::object{{"regex", anchored(matcher.value)}} : json::object{{"is", matcher.value}};
    const json::object condition{{path, asked}};
    json::array any{condition};
    if (takes_absent) any.emplace_back(absent(path));
    // What is shown as the name of an alert that has no such label is its title.
    if (matcher.name == kAlertName) {
        auto titled = absent(path);
        titled["title"] = asked;
        any.emplace_back(std::move(titled));
    }
    return any.size() == 1 ? condition : json::object{{"any", std::move(any)}};
}

/// What a condition of ours was made of, or something that makes another one.
AmMatcher guessed(const json::object& condition) {
    AmMatcher matcher;
    const auto* leaf = &condition;
    if (const auto* inner = condition.if_contains("not"); inner != nullptr && inner->is_object()) {
        matcher.is_equal = false;
        leaf = &inner->get_object();
    }
    if (const auto* any = leaf->if_contains("any"); any != nullptr && any->is_array() && !any->get_array().empty()) {
        const auto& first = any->get_array().front();
        if (first.is_object()) leaf = &first.get_object();
    }
    if (leaf->size() != 1) return matcher;
    matcher.name = label_of_path(leaf->begin()->key());
    const auto* asked = leaf->begin()->value().if_object();
    const auto text_of = [asked](const char* key) -> const json::string* {
        const auto* value = asked == nullptr ? nullptr : asked->if_contains(key);
        return value == nullptr ? nullptr : value->if_string();
    };
    if (const auto* is = text_of("is")) matcher.value = std::string(*is);
    if (const auto* regex = text_of("regex")) {
        constexpr std::size_t kAround = std::string_view("^(?:").size() + std::string_view(")$").size();
        matcher.is_regex = true;
        if (regex->size() >= kAround) matcher.value = std::string(regex->subview(4, regex->size() - kAround));
    }
    return matcher;
}

std::string unquoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    std::string value;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && i + 2 < text.size()) ++i;
        value += text[i];
    }
    return value;
}

}  // namespace

Result<AmMatcher> parse_am_matcher(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('{') && text.ends_with('}')) text = trimmed(text.substr(1, text.size() - 2));
    const auto at = text.find_first_of("=!");
    const auto wrong = [&] {
        return Error{Errc::Invalid, fmt::format("\"{}\" is no matcher such as alertname=\"Disk\"", printable(text))};
    };
    if (at == std::string_view::npos || at == 0) return wrong();
    AmMatcher matcher;
    matcher.name = std::string(trimmed(text.substr(0, at)));
    matcher.is_equal = text[at] == '=';
    auto rest = text.substr(at + 1);
    if (!matcher.is_equal && !rest.starts_with('=') && !rest.starts_with('~')) return wrong();
    matcher.is_regex = rest.starts_with('~');
    if (matcher.is_regex || !matcher.is_equal) rest.remove_prefix(1);
    matcher.value = unquoted(trimmed(rest));
    return matcher;
}

bool holds(const AmMatcher& matcher, const LabelOf& label_of) {
    const auto value = label_of(matcher.name);
    return (matcher.is_regex ? matches_whole(matcher.value, value) : value == matcher.value) == matcher.is_equal;
}

json::object conditions_of(const std::vector<AmMatcher>& matchers) {
    json::array all;
    for (const auto& matcher : matchers) {
        auto condition = positive(matcher);
        all.push_back(matcher.is_equal ? std::move(condition) : json::object{{"not", std::move(condition)}});
    }
    return {{"all", std::move(all)}};
}

std::optional<std::vector<AmMatcher>> matchers_of(const json::value& conditions) {
    const auto* object = conditions.if_object();
    const auto* all = object == nullptr ? nullptr : object->if_contains("all");
    if (all == nullptr || !all->is_array()) return {};
    std::vector<AmMatcher> matchers;
    for (const auto& condition : all->get_array()) {
        if (condition.is_object()) matchers.push_back(guessed(condition.get_object()));
    }
    // A guess is right if it makes the same conditions again.
    if (json::value(conditions_of(matchers)) != conditions) return {};
    return matchers;
}

json::object to_json(const AmMatcher& matcher) {
    return {{"name", matcher.name}, {"value", matcher.value}, {"isRegex", matcher.is_regex}, {"isEqual", matcher.is_equal}};
}

}  // namespace tocsin::api
