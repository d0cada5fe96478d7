#include "daemon/notify/relay.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <string_view>
#include <utility>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "core/engine/relay.hpp"
#include "core/model/opsgenie_keys.hpp"
#include "core/model/usual_words.hpp"

namespace tocsin::notify {
namespace {

namespace json = boost::json;

constexpr std::size_t kUserMax = 100;
constexpr std::size_t kNoteMax = 25'000;

/// What Opsgenie knows the alert by; daemon/intake/opsgenie_webhook.cpp made the key.
struct Identifier {
    std::string_view type;
    std::string_view value;
};

Result<Identifier> identifier_of(std::string_view key) {
    struct Kind {
        std::string_view prefix;
        std::string_view type;
    };
    constexpr std::array kKinds{Kind{opsgenie_keys::kAlias, "alias"}, Kind{opsgenie_keys::kTinyId, "tiny"}};
    for (const auto& [prefix, type] : kKinds) {
        if (key.starts_with(prefix)) return Identifier{type, key.substr(prefix.size())};
    }
    if (key == kUnnamedKey || key.starts_with(opsgenie_keys::kMessage)) {
        return Error{Errc::Invalid, "its webhook named neither alertId nor alias, so that it cannot be spoken of"};
    }
    return Identifier{"id", key};
}

std::string path_of(const Identifier& alert, engine::RelayAction action) {
    const auto what = action == engine::RelayAction::Note ? "notes" : engine::to_string(action);
    return fmt::format("/{}/{}?identifierType={}", percent_encoded(alert.value), what, alert.type);
}

class RelayChannel final : public Channel {
public:
    RelayChannel(OpsgenieAccounts accounts, Outside outside) : accounts_(std::move(accounts)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
        const auto& page = notification.page;
        const auto doing = "telling " + page.person;
        const auto account = accounts_.find(page.person);
        if (account == accounts_.end()) {
            return on_outcome(Error{Errc::NotFound, "the source has no `two_way` in tocsin.yaml (any more)"}.in(doing));
        }
        const auto action = engine::parse_relay_action(page.via);
        const auto alert = identifier_of(page.address);
        if (!alert) return on_outcome(alert.error().in(doing));
        if (!action || (*action == engine::RelayAction::Snooze && !notification.incident.snoozed_until)) {
            return on_outcome(engine::pointless());
        }
        const auto body = json::serialize(this->body(*action, notification));
        post_to_opsgenie({doing, account->second, path_of(*alert, *action), body}, outside_, deadline, std::move(on_outcome));
    }

private:
    [[nodiscard]] json::object body(engine::RelayAction action, const Notification& notification) const {
        const auto& page = notification.page;
        const auto cut = [](std::string_view text, std::size_t most) { return truncated(valid_utf8(text), most); };
        json::object body{{"user", cut(page.why.empty() ? outside_.name : page.why, kUserMax)}, {"source", outside_.name}};
        if (!page.text.empty()) body["note"] = cut(page.text, kNoteMax);
        if (action == engine::RelayAction::Snooze) body["endTime"] = format_utc(*notification.incident.snoozed_until);
        return body;
    }

    OpsgenieAccounts accounts_;
    Outside outside_;
};

}  // namespace

std::unique_ptr<Channel> make_relay_channel(OpsgenieAccounts accounts, Outside outside) {
    return std::make_unique<RelayChannel>(std::move(accounts), std::move(outside));
}

}  // namespace tocsin::notify
