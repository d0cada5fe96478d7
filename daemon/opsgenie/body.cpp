#include "daemon/opsgenie/body.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/opsgenie_webhook.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

using intake::JsonView;
using ChangeKind = engine::DossierChange::Kind;

// As Opsgenie documents them, in code points.
constexpr std::size_t kMessageMax = 130;
constexpr std::size_t kDescriptionMax = 15'000;
constexpr std::size_t kEntityMax = 512;
constexpr std::size_t kOriginMax = 100;
constexpr std::size_t kUserMax = 100;
constexpr std::size_t kNoteMax = 25'000;
constexpr std::size_t kRespondersMax = 50;
constexpr std::size_t kTagsMax = 20;
constexpr std::size_t kTagMax = 50;
constexpr std::size_t kActionsMax = 10;
constexpr std::size_t kDetailsMax = 8'000;

constexpr std::string_view kEmpty = "may not be empty";
constexpr std::string_view kPriorities = "should be one of [ P1, P2, P3, P4, P5 ]";
constexpr std::array<std::string_view, 4> kResponderTypes{"team", "user", "escalation", "schedule"};

bool is_priority(std::string_view word) { return word.size() == 2 && word[0] == 'P' && word[1] >= '1' && word[1] <= '5'; }

/// Reads members and remembers what had to be mended.
class BodyReader {
public:
    BodyReader(JsonView body, ReadChange& into) : body_(body), into_(into) {}

    std::string text(std::string_view key, std::size_t max) {
        const auto whole = body_.find(key).text();
        if (code_points(whole) > max) {
            into_.mended.push_back(fmt::format("{} is longer than {} characters and was cut", key, max));
        }
        return truncated(whole, max);
    }

    std::string needed(std::string_view key, std::size_t max) {
        auto found = text(key, max);
        if (trimmed(found).empty()) into_.errors.emplace(key, kEmpty);
        return found;
    }

    std::vector<std::string> texts(std::string_view key, std::size_t count_max, std::size_t max) {
        std::vector<std::string> all;
        std::size_t count = 0;
        const auto take = [&](std::string_view one) {
            if (trimmed(one).empty()) return;
            if (++count > count_max) return;
            if (code_points(one) > max)
                into_.mended.push_back(fmt::format("one of {} is longer than {} characters and was cut", key, max));
            all.push_back(truncated(one, max));
        };
        const auto list = body_.find(key);
        list.each([&](JsonView one) { take(one.text()); });
        for (const auto one : split(list.text(), ',')) take(trimmed(one));
        if (count > count_max) into_.mended.push_back(fmt::format("{} {}, the first {} are kept", count, key, count_max));
        return all;
    }

    std::vector<std::pair<std::string, std::string>> details() {
        std::vector<std::pair<std::string, std::string>> all;
        std::size_t room = kDetailsMax;
        const auto record = body_.find("details");
        if (record.exists() && !record.is_object() && record.node().type != intake::JsonType::Null) {
            into_.errors.emplace("details", "should be an object of texts");
        }
        record.each([&](JsonView detail) {
            if (detail.is_object() || detail.is_array()) {
                into_.errors.emplace("details", "should be an object of texts, without objects or lists inside");
                return;
            }
            const auto wanted = code_points(detail.key()) + code_points(detail.text());
            if (wanted > room && room > 0)
                into_.mended.push_back(fmt::format("details are longer than {} characters in all and were cut", kDetailsMax));
            if (room <= code_points(detail.key())) {
                room = 0;
                return;
            }
            all.emplace_back(detail.key(), truncated(detail.text(), room - code_points(detail.key())));
            room -= std::min(room, wanted);
        });
        return all;
    }

    std::vector<Responder> responders(std::string_view key, std::string_view usual_type) {
        std::vector<Responder> all;
        std::size_t count = 0;
        body_.find(key).each([&](JsonView record) {
            auto responder = read_responder(record);
            if (responder.type.empty()) responder.type = usual_type;
            check_responder(fmt::format("{}#type", key), responder);
            if (++count <= kRespondersMax && !responder.name.empty()) all.push_back(std::move(responder));
        });
        if (count > kRespondersMax)
            into_.mended.push_back(fmt::format("{} {}, the first {} are kept", count, key, kRespondersMax));
        return all;
    }

    void check_responder(std::string field, const Responder& responder) {
        if (std::find(kResponderTypes.begin(), kResponderTypes.end(), responder.type) != kResponderTypes.end()) return;
        into_.errors.emplace(std::move(field), fmt::format("Invalid recipient type '{}'", responder.type));
    }

    std::string priority(std::string_view usual) {
        const auto word = body_.find("priority").text();
        if (word.empty()) return std::string(usual);
        if (!is_priority(word)) into_.errors.emplace("priority", kPriorities);
        return std::string(word);
    }

    /// The name of {"id": ...}, {"name": ...} or {"username": ...}.
    std::string named(std::string_view key) {
        auto name = read_responder(body_.find(key)).name;
        if (name.empty()) into_.errors.emplace(key, kEmpty);
        return name;
    }

private:
    JsonView body_;
    ReadChange& into_;
};

std::vector<std::string> names_in(std::string_view list) {
    std::vector<std::string> names;
    for (const auto name : split(list, ',')) {
        if (!trimmed(name).empty()) names.emplace_back(trimmed(name));
    }
    return names;
}

/// What the query says of a request that has no body.
void read_removal(ReadChange& read, std::string_view query, std::string_view key) {
    read.change.names = names_in(parameter(query, key));
    if (read.change.names.empty()) read.errors.emplace(key, kEmpty);
}

void read_snooze(ReadChange& read, JsonView body) {
    read.change.until = intake::opsgenie_time(body.find("endTime").text());
    if (!read.change.until) read.errors.emplace("endTime", "should be a time such as 2030-01-01T00:00:00Z");
}

void read_added_responder(ReadChange& read, const AlertPath& path, JsonView body, BodyReader& reader) {
    auto responder = read_responder(body.find(path.is_team ? "team" : "responder"));
    if (path.is_team) responder.type = "team";
    if (responder.name.empty()) {
        read.errors.emplace(path.is_team ? "team" : "responder", kEmpty);
    } else {
        reader.check_responder("responder#type", responder);
    }
    read.change.responders.push_back(std::move(responder));
}

/// One line for each kind.
void read_own_fields(ReadChange& read, const AlertPath& path, std::string_view query, JsonView body, BodyReader& reader) {
    auto& change = read.change;
    switch (change.kind) {
        case ChangeKind::Snooze: return read_snooze(read, body);
        case ChangeKind::Escalate: change.text = reader.named("escalation"); return;
        case ChangeKind::Assign: change.text = reader.named("owner"); return;
        case ChangeKind::AddResponder: return read_added_responder(read, path, body, reader);
        case ChangeKind::AddTags:
            change.names = reader.texts("tags", kTagsMax, kTagMax);
            if (change.names.empty()) read.errors.emplace("tags", kEmpty);
            return;
        case ChangeKind::RemoveTags: return read_removal(read, query, "tags");
        case ChangeKind::AddDetails:
            change.details = reader.details();
            if (change.details.empty()) read.errors.emplace("details", kEmpty);
            return;
        case ChangeKind::RemoveDetails: return read_removal(read, query, "keys");
        case ChangeKind::AddNote:
            if (change.note.empty()) read.errors.emplace("note", kEmpty);
            return;
        case ChangeKind::UpdateMessage: change.text = reader.needed("message", kMessageMax); return;
        // Alertmanager empties it so.
        case ChangeKind::UpdateDescription: change.text = reader.text("description", kDescriptionMax); return;
        case ChangeKind::UpdatePriority:
            change.text = reader.priority("");
            if (change.text.empty()) read.errors.emplace("priority", kPriorities);
            return;
        case ChangeKind::Custom: change.text = path.action; return;
        case ChangeKind::Create:
        case ChangeKind::Acknowledge:
        case ChangeKind::Unacknowledge:
        case ChangeKind::Close:
        case ChangeKind::Delete: return;
    }
}

/// The webhook's word for it. A custom action that somebody called "Close" must not end an incident.
std::string action_word(const engine::DossierChange& change) {
    if (change.kind == ChangeKind::Custom) return "custom action " + change.text;
    return std::string(engine::to_string(change.kind));
}

}  // namespace

Responder read_responder(JsonView record) {
    Responder responder;
    responder.type = std::string(record.find("type").text());
    for (const std::string_view key : {"name", "username", "id"}) {
        if (responder.name.empty()) responder.name = std::string(record.find(key).text());
    }
    return responder;
}

ReadChange read_create(JsonView body) {
    ReadChange read;
    BodyReader reader(body, read);
    auto& created = read.change.created;
    created.message = reader.needed("message", kMessageMax);
    created.description = reader.text("description", kDescriptionMax);
    created.entity = reader.text("entity", kEntityMax);
    created.origin = reader.text("source", kOriginMax);
    created.priority = reader.priority("P3");
    created.tags = reader.texts("tags", kTagsMax, kTagMax);
    created.actions = reader.texts("actions", kActionsMax, kTagMax);
    created.details = reader.details();
    created.responders = reader.responders("responders", "");
    auto teams = reader.responders("teams", "team");
    std::move(teams.begin(), teams.end(), std::back_inserter(created.responders));
    read.change.user = reader.text("user", kUserMax);
    read.change.note = reader.text("note", kNoteMax);
    read.change.remark = fmt::to_string(fmt::join(read.mended, "; "));
    return read;
}

ReadChange read_change(const AlertPath& path, std::string_view query, JsonView body) {
    ReadChange read;
    read.change.kind = path.change;
    BodyReader reader(body, read);
    read.change.user = reader.text("user", kUserMax);
    if (read.change.user.empty()) read.change.user = truncated(parameter(query, "user"), kUserMax);
    read.change.note = reader.text("note", kNoteMax);
    read_own_fields(read, path, query, body, reader);
    return read;
}

std::string payload_of(const engine::DossierChange& change, const DossierName& name) {
    json::object alert{{"alias", name.alias}};
    if (!change.user.empty()) alert["username"] = change.user;
    if (!change.note.empty()) alert["note"] = change.note;
    if (change.until) alert["snoozeEndDate"] = format_utc(*change.until);
    if (change.kind == ChangeKind::UpdateMessage) alert["message"] = change.text;
    if (change.kind == ChangeKind::UpdateDescription) alert["description"] = change.text;
    if (change.kind == ChangeKind::UpdatePriority) alert["priority"] = change.text;
    if (change.kind == ChangeKind::Assign) alert["owner"] = change.text;
    std::string names = fmt::to_string(fmt::join(change.names, ","));
    if (change.kind == ChangeKind::AddTags) alert["addedTags"] = names;
    if (change.kind == ChangeKind::RemoveTags) alert["removedTags"] = names;
    if (!change.responders.empty()) alert["recipient"] = change.responders.front().name;
    json::object body{{"action", action_word(change)}, {"alert", std::move(alert)}};
    if (change.kind == ChangeKind::Escalate) body["escalationName"] = change.text;
    if (!change.details.empty()) {
        auto& details = body["details"].emplace_object();
        for (const auto& [key, value] : change.details) details[key] = value;
    }
    return json::serialize(body);
}

}  // namespace tocsin::opsgenie
