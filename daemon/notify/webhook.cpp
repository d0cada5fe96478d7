#include "daemon/notify/webhook.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "core/base/text.hpp"
#include "core/engine/digest.hpp"
#include "daemon/notify/hook_request.hpp"
#include "daemon/notify/settings_check.hpp"

namespace tocsin::notify {
namespace {

namespace json = boost::json;

/// Texts come from senders; a receiver's parser must not fail over a byte that is no UTF-8.
json::string text(std::string_view bytes) { return json::string(valid_utf8(bytes)); }

json::object incident_json(const Incident& incident, const Outside& outside) {
    const auto& link_prefix = outside.incident_link_prefix;
    return {{"id", incident.id.value},
            {"key", text(incident.key)},
            {"state", to_string(incident.state)},
            {"severity", to_string(incident.severity)},
            {"urgency", to_string(incident.urgency)},
            {"service", text(incident.service)},
            {"summary", text(incident.summary)},
            {"url", text(incident.url)},
            {"runbook", text(runbook_of(incident, outside))},
            {"opened_at", format_utc(incident.opened_at)},
            {"alerts", incident.alerts},
            {"is_drill", incident.is_drill},
            {"link", text(link_prefix.empty() || !incident.id.is_set() ? "" : link_prefix + fmt::to_string(incident.id.value))}};
}

json::object digest_json(const Notification& digest, const Outside& outside) {
    json::array incidents;
    for (const auto* incident : engine::listed(digest.held)) incidents.push_back(incident_json(*incident, outside));
    return {{"name", text(digest.page.digest)}, {"incidents", std::move(incidents)}};
}

json::object page_json(const Page& page) {
    return {{"person", text(page.person)},
            {"via", text(page.via)},
            {"address", text(page.address)},
            {"round", page.round},
            {"step", page.step < 0 ? json::value(nullptr) : json::value(page.step)},
            {"attempt", page.attempts + 1},
            {"reason", to_string(page.reason)},
            {"why", text(page.why)},
            {"due_at", format_utc(page.due_at)}};
}

class Webhook final : public Channel {
public:
    Webhook(const ChannelSettings& settings, std::optional<http::Url> url, Outside outside)
        : name_(settings.name), secret_(settings.secret), url_(std::move(url)), outside_(std::move(outside)) {}

    void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) override {
        auto url = url_ ? Result<http::Url>(*url_) : http::parse_url(notification.page.address);
        if (!url) {
            // The address is not shown: it may be most of a URL with a secret in it.
            return on_outcome(
                Error{Errc::Invalid, fmt::format("channel {} has no url, and {}'s contact {} is no http:// or https:// "
                                                 "URL either",
                                                 name_, notification.page.person, notification.page.via)});
        }
        post_to_hook({"channel " + name_, std::move(*url), secret_}, notification.page.key(), json::serialize(body(notification)),
                     outside_, deadline, std::move(on_outcome));
    }

private:
    json::object body(const Notification& notification) const {
        const auto& [page, incident, held] = notification;
        const auto* event = page.is_digest() ? "digest" : page.urgency == Urgency::Notice ? "notice" : "page";
        json::object body{{"event", event}, {"key", text(page.key())}, {"incident", nullptr}, {"page", page_json(page)}};
        if (page.is_about_topic()) {
            body["subject"] = text(page.subject());
            body["text"] = text(page.text);
            return body;
        }
        body["incident"] = incident_json(incident, outside_);
        if (page.is_digest()) body["digest"] = digest_json(notification, outside_);
        return body;
    }

    std::string name_;
    std::string secret_;
    std::optional<http::Url> url_;
    Outside outside_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_webhook(const ChannelSettings& settings, Outside outside) {
    if (auto checked = check_options(settings, {}); !checked) return checked.error();
    std::optional<http::Url> url;
    if (!settings.url.empty()) {
        auto checked = check_url(settings.url);
        if (!checked) return checked.error();
        url = std::move(*checked);
    }
    return std::unique_ptr<Channel>(std::make_unique<Webhook>(settings, std::move(url), std::move(outside)));
}

}  // namespace tocsin::notify
