// Reads the envelope leniently (numbers as text, missing parts, actions that nobody documented): a page must not be lost over it.
#include "daemon/intake/opsgenie_webhook.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string>
#include <system_error>

#include "core/base/text.hpp"
#include "core/model/opsgenie_keys.hpp"
#include "core/model/usual_words.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

struct Meaning {
    std::string_view name;
    AlertAction action;
};

// Ownership does not acknowledge: an owner can be assigned by somebody else, at night, without knowing; only Acknowledge says
// that a person is at work, and nothing less may stop the pages.
constexpr std::array kMeanings{
    Meaning{"Create", AlertAction::Fire},
    Meaning{"Acknowledge", AlertAction::Acknowledge},
    Meaning{"UnAcknowledge", AlertAction::Unacknowledge},
    Meaning{"Unacknowledge", AlertAction::Unacknowledge},
    Meaning{"Close", AlertAction::Resolve},
    Meaning{"Delete", AlertAction::Resolve},
    Meaning{"Snooze", AlertAction::Snooze},
    Meaning{"SnoozeEnded", AlertAction::EndSnooze},
    Meaning{"AddNote", AlertAction::Note},
    Meaning{"Escalate", AlertAction::Escalate},
    Meaning{"EscalateNext", AlertAction::Escalate},
    Meaning{"EscalateToNext", AlertAction::Escalate},
    Meaning{"AddTags", AlertAction::Update},
    Meaning{"RemoveTags", AlertAction::Update},
    Meaning{"AddTeam", AlertAction::Update},
    Meaning{"AddRecipient", AlertAction::Update},
    Meaning{"AddResponder", AlertAction::Update},
    Meaning{"AssignOwnership", AlertAction::Update},
    Meaning{"TakeOwnership", AlertAction::Update},
    Meaning{"UpdatePriority", AlertAction::Update},
    Meaning{"UpdateMessage", AlertAction::Update},
    Meaning{"UpdateDescription", AlertAction::Update},
};

/// The spelling counts: custom actions are free text, and one that somebody called "close" must not end an incident.
AlertAction action_of(std::string_view name, JsonView alert) {
    // A message without any action was hardly sent to say nothing.
    if (name.empty()) return alert.find("message").text().empty() ? AlertAction::Other : AlertAction::Fire;
    const auto* meaning = std::find_if(kMeanings.begin(), kMeanings.end(), [name](const Meaning& m) { return m.name == name; });
    return meaning == kMeanings.end() ? AlertAction::Other : meaning->action;
}

std::string key_of(JsonView alert) {
    if (const auto id = alert.find("alertId").text(); !id.empty()) return std::string(id);
    for (const auto prefix : {opsgenie_keys::kAlias, opsgenie_keys::kTinyId, opsgenie_keys::kMessage}) {
        const auto member = prefix.substr(0, prefix.size() - 1);  // Without the colon.
        const auto value = alert.find(member).text();
        if (!value.empty()) return std::string(prefix) + std::string(value);
    }
    return std::string(kUnnamedKey);
}

/// "P3", 3 and "3" are all P3; any other word stays as it is.
std::string priority_of(std::string_view word) {
    const bool is_level = !word.empty() && word.back() >= '1' && word.back() <= '5';
    if (is_level && (word.size() == 1 || (word.size() == 2 && (word[0] == 'p' || word[0] == 'P')))) {
        return std::string("P") + word.back();
    }
    return std::string(word);
}

void add_tags(JsonView tags, Alert& alert) {
    const auto add = [&alert](std::string_view tag) {
        if (!tag.empty() && alert.tags.size() < kLabelsMax) alert.tags.emplace_back(tag);
    };
    tags.each([&](JsonView tag) { add(tag.text()); });
    if (tags.text().empty()) return;
    for (const auto tag : split(tags.text(), ',')) add(trimmed(tag));
}

void add_labels(JsonView body, JsonView details, Alert& alert) {
    const auto alert_view = body.find("alert").is_object() ? body.find("alert") : body;
    for (const std::string_view name : {"alias", "entity"}) add_label(alert, name, std::string(alert_view.find(name).text()));
    add_label(alert, "source", first_text({alert_view.find("source"), body.find("source").find("name")}));
    add_label(alert, "sourceName", std::string(body.find("source").find("name").text()));
    add_label(alert, "integrationName", std::string(body.find("integrationName").text()));
    add_labels_of(details, alert);
}

std::optional<TimePoint> snoozed_until(JsonView body, JsonView alert) {
    for (const auto view : {alert, body}) {
        for (const auto* name : {"snoozeEndDate", "snoozedUntil"}) {
            if (const auto until = opsgenie_time(view.find(name).text())) return until;
        }
    }
    return {};
}

/// What is said of an action that is known; everything else about the alert is the same for all of them.
void set_action(JsonView body, JsonView view, Alert& alert) {
    alert.action_name = std::string(body.find("action").text());
    alert.action = action_of(alert.action_name, view);
    if (alert.action == AlertAction::Snooze) {
        alert.until = snoozed_until(body, view);
        // Without an end it would silence the incident for ever: it is written down and changes nothing.
        if (!alert.until) alert.action = AlertAction::Other;
    }
    if (alert.action != AlertAction::Fire) {
        alert.actor =
            first_text({view.find("username"), view.find("userFullName"), body.find("actorUserId"), view.find("userId")});
        alert.through = std::string(body.find("source").find("name").text());
    }
}

}  // namespace

std::optional<TimePoint> opsgenie_time(std::string_view text) {
    constexpr std::int64_t kSecondsMax = 100'000'000'000;  // The year 5138; as milliseconds, 1973.
    constexpr std::int64_t kThousand = 1'000;
    text = trimmed(text);
    if (const auto time = parse_rfc3339(text)) return *time >= TimePoint{} ? time : std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count <= 0) return {};
    if (count < kSecondsMax) return from_unix_ms(count * kThousand);
    if (count < kSecondsMax * kThousand) return from_unix_ms(count);
    if (count < kSecondsMax * kThousand * kThousand) return from_unix_ms(count / kThousand);
    return from_unix_ms(count / (kThousand * kThousand));
}

Alert opsgenie_alert(JsonView body) {
    const auto inner = body.find("alert");
    const auto view = inner.is_object() ? inner : body;
    Alert alert;
    set_action(body, view, alert);
    alert.key = key_of(view);
    alert.is_followed_up = true;
    alert.title = std::string(view.find("message").text());
    // A stand-in is for alerts that are new to us: as an update it would overwrite a title that says something.
    if (alert.title.empty() && alert.action != AlertAction::Update) alert.title = "Opsgenie alert " + alert.key;
    alert.text = std::string(view.find("description").text());
    alert.priority = priority_of(view.find("priority").text());
    add_tags(view.find("tags"), alert);
    add_labels(body, view.find("details"), alert);
    alert.note = first_text({view.find("note"), body.find("note")});
    return alert;
}

}  // namespace tocsin::intake
