// The daemon's own settings, tocsin.yaml: where to listen, where to keep data, which sources may speak, which channels reach
// people.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "rules/yaml/diagnostics.hpp"

namespace tocsin::config {

/// A secret that was read from a file or a systemd credential. It prints as "***" nowhere by accident: there is no operator<<.
struct Secret {
    std::string value;
};

/// Where what is done here to the alerts of a source is done, too.
struct TwoWaySettings {
    std::string url;
    Secret secret;  ///< The API key.
};

/// How a source proves that it is who it says. Any one of those that are set is enough.
struct SourceSettings {
    std::string name;
    std::string kind;                ///< "splunk", "opsgenie", "alertmanager", ...
    Secret secret;                   ///< Empty: there are only keys, see `tocsin key`.
    bool accepts_bearer = true;      ///< Authorization: Bearer <secret>
    std::string header;              ///< The name of a header that holds the secret; empty: none.
    bool accepts_in_path = false;    ///< /in/<source>/<secret>
    bool accepts_in_query = false;   ///< /in/<source>?token=<secret>
    bool accepts_signature = false;  ///< The body is signed with it, as the kind signs.
    std::optional<TwoWaySettings> two_way{};
};

struct ChannelSettings {
    std::string name;
    std::string kind;  ///< "webhook", "opsgenie", "mail", "log"
    std::string url;   ///< Of kind mail: the server, smtp:// or smtps:// with a port.
    std::optional<Secret> secret;
    std::map<std::string, std::string> options;
};

/// Who may use the API.
struct TokenSettings {
    /// Calendars: a calendar's address holds the token, so it may read calendars and nothing else.
    enum class Scope : std::uint8_t { Everything, Calendars };
    std::string name;  ///< Stands in the timeline as the actor, if the request names none.
    Secret secret;
    Scope scope = Scope::Everything;
};

/// How long what came in is kept; nothing: for ever.
struct KeepSettings {
    std::optional<Duration> alerts = std::chrono::days{30};      ///< As they were sent: for `replay`, and to look at.
    std::optional<Duration> incidents = std::chrono::days{365};  ///< From when they were resolved, with timeline and pages.
};

/// tocsin's own heartbeat, to something that raises the alarm when it stays away.
struct OwnHeartbeatSettings {
    std::string url;
    Duration every = std::chrono::minutes{1};
};

/// Where senders may be told what to expect: what a sender names as its address must be on one of these hosts.
struct ReplySettings {
    std::vector<std::string> hosts;    ///< "callback.example.org", "*.example.org", "10.0.0.5:8080"
    std::optional<Secret> secret;      ///< Signs what is sent.
    std::vector<std::string> domains;  ///< Whose people may be mailed: "example.org", "*.example.org"
    std::string channel;               ///< The mail channel by which; there is one if there are domains.
};

/// Calendars at an address that the rulebook names.
struct CalendarSettings {
    std::vector<std::string> hosts;  ///< Whence they may be fetched, as of replies.
    Duration every = std::chrono::minutes{15};
    std::size_t bytes_max = 4U << 20U;
};

/// Silences that people make at run time.
struct SilenceSettings {
    Duration longest = std::chrono::days{7};          ///< Longer ones are refused.
    Duration told_before = std::chrono::minutes{15};  ///< So long before one ends its author is told.
};

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 9877;
    std::string data_directory;
    std::string rulebook_directory;
    bool is_rulebook_watched = false;  ///< Reloaded when its files change, without being asked.
    std::string node = "tocsin";
    std::string public_url;  ///< For links in pages; empty: none.
    std::map<std::string, SourceSettings> sources;
    std::map<std::string, ChannelSettings> channels;
    std::vector<TokenSettings> tokens;
    std::size_t body_bytes_max = 4U << 20U;
    std::size_t connections_max = 10'000;
    std::int64_t requests_per_minute = 6'000;  ///< Of one key of a source of the kind opsgenie_api; more are answered 429.
    Duration drain_max = std::chrono::seconds{10};
    KeepSettings keep;
    std::optional<OwnHeartbeatSettings> heartbeat;
    ReplySettings replies;
    CalendarSettings calendars;
    SilenceSettings silences;
    std::string log_level = "info";   ///< debug, info, warning, error
    std::string log_format = "text";  ///< text, json, journald
    std::string ca_file;
};

/// Who the daemon says it is where it must be known again: "tocsin", or "tocsin/NODE" if it has a name of its own.
[[nodiscard]] std::string own_name(const Settings& settings);

struct ReadSettings {
    /// Nothing if there was an error.
    std::optional<Settings> settings;
    yaml::Diagnostics diagnostics;
};

/// How files are read; `path` is relative to the settings file's folder, or absolute.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

/// Reads and checks the settings; every mistake is reported with its place. Secrets come from `secret_file: path` or `credential:
/// name` (a file of that name in `credentials_directory`, systemd's $CREDENTIALS_DIRECTORY); a secret written into the YAML is an
/// error that says where to put it. Relative directories are taken from the settings file's folder.
[[nodiscard]] ReadSettings read_settings(const std::string& path, const std::string& text, const ReadFile& read_file,
                                         const std::string& credentials_directory);

}  // namespace tocsin::config
