// Channels: the ways by which a page leaves the house, and the registry that the runtime sees as one Notifier.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/notifier.hpp"
#include "daemon/http/client.hpp"
#include "daemon/notify/smtp.hpp"

namespace tocsin::notify {

/// One way to reach people.
class Channel {
public:
    virtual ~Channel() = default;
    /// As Notifier::send: one attempt, one outcome. The error's Retry says whether another makes sense; its text names the
    /// channel and shows no secret, no key, and of a URL only scheme and host. The channel may be destroyed while an attempt is
    /// under way.
    virtual void send(const Notification& notification, Deadline deadline, Notifier::OnOutcome on_outcome) = 0;
};

struct ChannelSettings {
    std::string name;
    std::string kind;    ///< See kinds().
    std::string url;     ///< Of kind mail: the server. Empty: not set.
    std::string secret;  ///< Already read from its file; empty: not set. Never printed.
    std::map<std::string, std::string> options;
};

/// Sends one request: http::Client::send, or a test's stand-in.
using Transport = std::function<void(http::ClientRequest, Deadline, http::Client::OnResponse)>;

/// What channels need of the world.
struct Outside {
    Transport transport;
    const Clock* clock = nullptr;  ///< Outlives the channels.
    std::string version;           ///< tocsin's, for the User-Agent.
    /// Where people look at an incident: its number is appended. Empty: pages carry no link.
    std::string incident_link_prefix;
    /// Where people read what to do about a service, as the rulebook in force has it; empty if it says nothing. May be empty.
    std::function<std::string(const std::string& service)> runbook_of;
    /// Writes the line that is a page of the log channel, before it returns.
    std::function<void(const Notification&)> write_page;
    /// May be empty if there is no mail channel.
    MailTransport mail{};
    /// Who tocsin says it is where others must know it again: "tocsin", or "tocsin/eu-1".
    std::string name = "tocsin";
};

/// The runbook of the incident's service, or empty.
[[nodiscard]] std::string runbook_of(const Incident& incident, const Outside& outside);

/// "webhook", "opsgenie", "mail", "log".
[[nodiscard]] const std::vector<std::string>& kinds();

/// Invalid for an unknown kind or option, a setting that is missing, not wanted or malformed; the message names the channel and
/// the setting, and shows neither secret nor URL.
[[nodiscard]] Result<std::unique_ptr<Channel>> make_channel(ChannelSettings settings, Outside outside);

/// Sends each page by the channel that it names. Home: the loop's thread.
class Notifiers final : public Notifier {
public:
    /// Conflict if there is one of that name already.
    [[nodiscard]] Result<void> add(const std::string& name, std::unique_ptr<Channel> channel);
    /// In alphabetical order.
    [[nodiscard]] std::vector<std::string> names() const;
    void send(Notification notification, Deadline deadline, OnOutcome on_outcome) override;

private:
    std::map<std::string, std::unique_ptr<Channel>, std::less<>> channels_;
};

}  // namespace tocsin::notify
