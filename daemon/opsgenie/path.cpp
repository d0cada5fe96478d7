#include "daemon/opsgenie/path.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"

namespace tocsin::opsgenie {
namespace {

using ChangeKind = engine::DossierChange::Kind;
using Aim = AlertPath::What;

struct Named {
    std::string_view name;
    Resource resource;
};

constexpr std::array kResources{Named{"alerts", Resource::Alerts},
                                Named{"heartbeats", Resource::Heartbeats},
                                Named{"schedules", Resource::Schedules},
                                Named{"teams", Resource::Teams},
                                Named{"users", Resource::Users},
                                Named{"escalations", Resource::Escalations},
                                Named{"account", Resource::Account},
                                Named{"integrations", Resource::Other},
                                Named{"services", Resource::Other},
                                Named{"policies", Resource::Other},
                                Named{"maintenance", Resource::Other},
                                Named{"incidents", Resource::Other},
                                Named{"notification-rules", Resource::Other}};

struct Verb {
    std::string_view method;
    std::string_view name;
    Aim what;
    ChangeKind change = ChangeKind::Create;
};

constexpr std::array kVerbs{
    Verb{"POST", "acknowledge", Aim::Change, ChangeKind::Acknowledge},
    Verb{"POST", "unacknowledge", Aim::Change, ChangeKind::Unacknowledge},
    Verb{"POST", "close", Aim::Change, ChangeKind::Close},
    Verb{"POST", "snooze", Aim::Change, ChangeKind::Snooze},
    Verb{"POST", "escalate", Aim::Change, ChangeKind::Escalate},
    Verb{"POST", "assign", Aim::Change, ChangeKind::Assign},
    Verb{"POST", "responders", Aim::Change, ChangeKind::AddResponder},
    Verb{"POST", "teams", Aim::Change, ChangeKind::AddResponder},
    Verb{"POST", "tags", Aim::Change, ChangeKind::AddTags},
    Verb{"DELETE", "tags", Aim::Change, ChangeKind::RemoveTags},
    Verb{"POST", "details", Aim::Change, ChangeKind::AddDetails},
    Verb{"DELETE", "details", Aim::Change, ChangeKind::RemoveDetails},
    Verb{"POST", "notes", Aim::Change, ChangeKind::AddNote},
    Verb{"PUT", "message", Aim::Change, ChangeKind::UpdateMessage},
    Verb{"POST", "message", Aim::Change, ChangeKind::UpdateMessage},
    Verb{"PUT", "description", Aim::Change, ChangeKind::UpdateDescription},
    Verb{"POST", "description", Aim::Change, ChangeKind::UpdateDescription},
    Verb{"PUT", "priority", Aim::Change, ChangeKind::UpdatePriority},
    Verb{"POST", "priority", Aim::Change, ChangeKind::UpdatePriority},
    Verb{"GET", "notes", Aim::Notes},
    Verb{"GET", "logs", Aim::Logs},
    Verb{"GET", "recipients", Aim::Recipients},
    Verb{"GET", "attachments", Aim::Attachments},
    Verb{"POST", "attachments", Aim::AttachmentChange},
};

/// What the SDK puts a query behind that it does not begin.
constexpr std::array<std::string_view, 4> kWithQuery{"/tags", "/details", "/notes", "/logs"};

std::vector<std::string_view> segments_of(std::string_view path) {
    auto segments = split(path, '/');
    if (!segments.empty() && segments.front().empty()) segments.erase(segments.begin());
    while (!segments.empty() && segments.back().empty()) segments.pop_back();
    return segments;
}

std::string from_latin_1(std::string_view bytes) {
    constexpr unsigned kAsciiEnd = 0x80;
    constexpr unsigned kLeadByte = 0xC0;
    constexpr unsigned kLowBits = 0x3F;
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < kAsciiEnd) {
            text += c;
        } else {
            text += static_cast<char>(kLeadByte | (byte >> 6U));
            text += static_cast<char>(kAsciiEnd | (byte & kLowBits));
        }
    }
    return text;
}

/// The paths that name no alert.
std::optional<AlertPath> without_alert(std::string_view method, std::span<const std::string_view> segments) {
    AlertPath path;
    if (segments.empty()) {
        path.what = method == "POST" ? Aim::Create : method == "GET" ? Aim::List : Aim::WrongMethod;
        return path;
    }
    if (segments.front() == "saved-searches") {
        path.what = Aim::SavedSearches;
        path.identifier = identifier_of(segments.subspan(1));
        return path;
    }
    if (method != "GET") return {};
    if (segments.size() == 1 && segments.front() == "count") {
        path.what = Aim::Count;
        return path;
    }
    if (segments.size() == 2 && segments.front() == "requests") {
        path.what = Aim::RequestStatus;
        path.identifier = decoded(segments.back());
        return path;
    }
    return {};
}

/// The paths that end in something and its own name: /actions/<name>, /attachments/<id>.
std::optional<AlertPath> with_named_end(std::string_view method, std::span<const std::string_view> segments) {
    if (segments.size() < 3) return {};
    const auto last_but_one = segments[segments.size() - 2];
    AlertPath path;
    path.identifier = identifier_of(segments.first(segments.size() - 2));
    if (method == "POST" && last_but_one == "actions") {
        path.what = Aim::Change;
        path.change = ChangeKind::Custom;
        path.action = decoded(segments.back());
        return path;
    }
    if (last_but_one != "attachments") return {};
    path.what = method == "GET" ? Aim::Attachment : Aim::AttachmentChange;
    return path;
}

}  // namespace

std::optional<Place> place_of(std::string_view path) {
    if (path.starts_with("/in/") || path.starts_with("/api/v2/") || path.starts_with("/api/v1/")) return {};
    auto segments = segments_of(path);
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        if (segments[i] != "v2") continue;
        const auto known =
            std::find_if(kResources.begin(), kResources.end(), [&](const Named& named) { return named.name == segments[i + 1]; });
        if (known == kResources.end()) continue;
        segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        return Place{known->resource, std::move(segments)};
    }
    return {};
}

PathAndQuery target_of(std::string_view path, std::string_view query) {
    const auto at = path.rfind("/&");
    const auto before = path.substr(0, at);
    const bool has_query = query.empty() && at != std::string_view::npos && path.find('/', at + 1) == std::string_view::npos &&
                           std::any_of(kWithQuery.begin(), kWithQuery.end(), [&](auto end) { return before.ends_with(end); });
    if (!has_query) return {path, query};
    return {before, path.substr(at + 2)};
}

std::string decoded(std::string_view raw) {
    auto bytes = api::percent_decoded(raw);
    return valid_utf8(bytes) == bytes ? bytes : from_latin_1(bytes);
}

std::string identifier_of(std::span<const std::string_view> segments) {
    return decoded(fmt::to_string(fmt::join(segments, "/")));
}

std::string parameter(std::string_view query, std::string_view name) {
    for (const auto pair : split(query, '&')) {
        const auto equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) != name) continue;
        std::string value(pair.substr(std::min(equals + 1, pair.size())));
        std::replace(value.begin(), value.end(), '+', ' ');
        return decoded(value);
    }
    return {};
}

AlertPath alert_path(std::string_view method, std::span<const std::string_view> segments) {
    if (auto path = without_alert(method, segments)) return *path;
    if (auto path = with_named_end(method, segments)) return *path;
    AlertPath path;
    if (segments.size() >= 2) {
        const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb& known) {
            return known.method == method && known.name == segments.back();
        });
        if (verb != kVerbs.end()) {
            path.what = verb->what;
            path.change = verb->change;
            path.is_team = verb->name == "teams";
            path.identifier = identifier_of(segments.first(segments.size() - 1));
            return path;
        }
    }
    path.identifier = identifier_of(segments);
    if (method == "GET") path.what = Aim::Show;
    if (method == "DELETE") {
        path.what = Aim::Change;
        path.change = ChangeKind::Delete;
    }
    return path;
}

}  // namespace tocsin::opsgenie
