// Splunk tells only that a search found something: no identity, no severity, no end. What is made of that is decided here.
#include "daemon/intake/splunk.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/model/severity.hpp"
#include "daemon/intake/characters.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

constexpr std::size_t kSplunkLabels = 6;
constexpr std::size_t kPairsMax = 8;
constexpr std::size_t kPairCodePointsMax = 80;

/// A part of a key, with a backslash before `/` and `\`, so that no two triples read alike.
void append_part(std::string& key, std::string_view part) {
    for (const char c : part) {
        if (c == '/' || c == '\\') key += '\\';
        key += c;
    }
}

/// What all runs of one saved search share of their sids: "RMD5..." (or the name itself, if short) of
/// `scheduler__<user>__<app>__RMD5<hash>_at_<epoch>_<n>`; empty for an ad-hoc search, whose sid is a time alone.
std::string_view search_part(std::string_view sid) {
    constexpr std::string_view kAt = "_at_";
    const auto at = sid.rfind(kAt);
    if (at == std::string_view::npos || at + kAt.size() >= sid.size() || !is_digit(sid[at + kAt.size()])) return {};
    const auto before = sid.substr(0, at);
    const auto separator = before.rfind("__");
    return separator == std::string_view::npos ? before : before.substr(separator + 2);
}

/// search_name/app/owner. The sid and results_link take no part as they are: they differ from run to run. Without a name the key
/// starts with a slash, and an episode of ITSI or the search's part of the sid says what it is.
std::string key_of(JsonView body, JsonView result) {
    std::string key;
    const auto name = body.find("search_name").text();
    if (!trimmed(name).empty()) {
        append_part(key, name);
    } else if (const auto episode = result.find("itsi_group_id").text(); !episode.empty()) {
        key = "/itsi:";
        append_part(key, episode);
    } else if (const auto search = search_part(body.find("sid").text()); !search.empty()) {
        key = "/";
        append_part(key, search);
    }
    for (const auto* part : {"app", "owner"}) {
        key += '/';
        append_part(key, body.find(part).text());
    }
    return key;
}

std::string title_of(JsonView body, JsonView result) {
    for (const auto title : {body.find("search_name"), result.find("itsi_group_title"), body.find("summary")}) {
        if (!trimmed(title.text()).empty()) return std::string(title.text());
    }
    const auto app = body.find("app").text();
    return app.empty() ? "Splunk alert" : "Splunk alert of app " + std::string(app);
}

/// "k=v, k=v" of the first fields that say something; those with an underscore in front are Splunk's own.
std::string pairs_of(JsonView result) {
    std::string text;
    std::size_t pairs = 0;
    result.each([&](JsonView field) {
        if (pairs == kPairsMax || field.key().substr(0, 1) == "_") return;
        const auto value = joined_text(field, "|");
        if (value.empty()) return;
        if (pairs++ > 0) text += ", ";
        text += field.key();
        text += '=';
        text += truncated(value, kPairCodePointsMax);
    });
    return truncated(text, limits::kSummaryCodePointsMax);
}

std::string text_of(JsonView body, JsonView result) {
    for (const auto text :
         {result.find("_raw"), result.find("message"), result.find("event_description"), body.find("summary")}) {
        auto joined = joined_text(text, "\n");
        if (!joined.empty()) return joined;
    }
    return pairs_of(result);
}

/// Splunk has no severity of its own; rows and custom actions may carry one, in words that mean something to us or not.
std::string priority_of(JsonView body, JsonView result) {
    for (const auto word :
         {result.find("severity"), result.find("urgency"), result.find("severity_label"), body.find("severity")}) {
        if (parse_severity(word.text())) return std::string(word.text());
    }
    return {};
}

void add_labels(JsonView from, std::initializer_list<std::string_view> names, Alert& alert) {
    for (const auto name : names) {
        const auto value = from.find(name).text();  // Of an array it is empty: several hosts are not the alert's one host.
        if (!value.empty()) alert.labels.emplace_back(name, value);
    }
}

}  // namespace

Alert splunk_alert(JsonView body) {
    const auto result = body.find("result");
    Alert alert;
    // Of all senders only IBM's action says that something is over.
    if (body.find("resolution").text() == "true") {
        alert.action = AlertAction::Resolve;
        alert.action_name = "resolution";
    }
    alert.key = key_of(body, result);
    alert.is_followed_up = false;
    alert.title = title_of(body, result);
    alert.text = text_of(body, result);
    alert.url = std::string(body.find("results_link").text());
    alert.priority = priority_of(body, result);
    alert.labels.reserve(kSplunkLabels);
    add_labels(body, {"search_name", "app", "owner"}, alert);
    add_labels(result, {"host", "sourcetype", "index"}, alert);
    return alert;
}

}  // namespace tocsin::intake
