#include "daemon/config/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <string_view>

#include "daemon/config/mail_settings.hpp"
#include "daemon/config/secrets.hpp"
#include "daemon/config/values.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::config {
namespace {

constexpr std::array<std::string_view, 12> kSourceKinds{"splunk",      "opsgenie",  "opsgenie_api", "alertmanager",
                                                        "prometheus",  "pagerduty", "victorops",    "grafana",
                                                        "splunk_o11y", "generic",   "cloudevents",  "mail"};
/// Those that can sign their bodies.
constexpr std::array<std::string_view, 2> kSigningKinds{"grafana", "splunk_o11y"};
/// Those whose house can be told what is done here; where that is, unless the settings say.
constexpr std::string_view kTwoWayKind = "opsgenie";
constexpr std::string_view kOpsgenieUrl = "https://api.opsgenie.com";
constexpr std::array<std::string_view, 4> kChannelKinds{"webhook", "opsgenie", "mail", "log"};
constexpr std::array<std::string_view, 1> kKeys{"only"};
constexpr std::array<std::string_view, 4> kProofs{"bearer", "path", "query", "signature"};
/// What a token may be used for, if not for everything.
constexpr std::array<std::string_view, 1> kScopes{"calendars"};
/// The keys that channels of one kind only have, or of all but one.
constexpr std::array<std::string_view, 4> kMailKeys{"server", "from", "username", "tls"};
constexpr std::array<std::string_view, 2> kNotOfMail{"url", "alias"};
constexpr std::array<std::string_view, 5> kNotOfTheLog{"url", kSecretFile, kCredential, kSecretInline, "alias"};
constexpr std::array<std::string_view, 1> kOfOpsgenie{"alias"};
constexpr std::array<std::string_view, 2> kOpsgenieAliases{"incident", "page"};
constexpr std::array<std::string_view, 4> kLogLevels{"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 3> kLogFormats{"text", "json", "journald"};

constexpr std::size_t kBodyBytesMin = 1024;
constexpr std::size_t kBodyBytesMax = std::size_t{1} << 30U;
constexpr yaml::IntegerRange kConnections{1, 1'000'000};
constexpr yaml::IntegerRange kRequestsPerMinute{1, 100'000'000};

/// Alerts of this source are about the daemon itself, and no sender's.
constexpr std::string_view kOwnSource = "tocsin";

constexpr std::string_view kNameForm = "letters, digits, `_`, `-` and `.`, at most 63, the first a letter or digit";
constexpr std::string_view kUrlForm = "an absolute URL such as https://example.org";

/// Zero: for ever.
std::optional<Duration> parse_kept(std::string_view text) {
    constexpr Duration kLeast = std::chrono::hours{1};
    if (text == "forever") return Duration{0};
    const auto duration = parse_duration(text);
    return duration && *duration >= kLeast ? duration : std::nullopt;
}

std::optional<Duration> parse_interval(std::string_view text) {
    const auto duration = parse_duration(text);
    return duration && *duration >= std::chrono::seconds{1} ? duration : std::nullopt;
}

std::optional<std::size_t> parse_calendar_bytes(std::string_view text) {
    constexpr std::size_t kLeast = 1024;
    constexpr std::size_t kMost = std::size_t{8} << 20U;  // What is larger no rulebook takes.
    const auto bytes = parse_bytes(text);
    return bytes && *bytes >= kLeast && *bytes <= kMost ? bytes : std::nullopt;
}

/// Reads one settings file, section by section; whatever is wrong is reported and the rest is read all the same.
class Reader {
public:
    Reader(std::string path, const ReadFile& read_file, const std::string& credentials_directory)
        : folder_(std::filesystem::path(std::move(path)).parent_path()),
          read_file_(read_file),
          secrets_(read_file, credentials_directory) {}

    Settings read(const yaml::Cursor& root) {
        const auto top = root.record({"listen", "data", "rulebook", "node", "public_url", "sources", "channels", "api", "limits",
                                      "keep", "silences", "log", "ca_file", "heartbeat", "replies", "calendars"});
        if (const auto listen =
                top["listen"].read("an IP address and a port, such as 127.0.0.1:9877 or \"[::1]:9877\"", parse_listen)) {
            settings_.address = listen->address;
            settings_.port = listen->port;
        }
        settings_.data_directory = directory(top.required("data"));
        read_rulebook(top.required("rulebook"));
        if (auto node = top["node"].read(kNameForm, parse_name)) settings_.node = std::move(*node);
        if (auto url = web_url(top["public_url"])) settings_.public_url = std::move(*url);
        if (const auto sources = top["sources"]) read_sources(sources);
        if (const auto channels = top["channels"]) read_channels(channels);
        if (const auto api = top["api"]) read_api(api);
        if (const auto limits = top["limits"]) read_limits(limits);
        if (const auto keep = top["keep"]) read_keep(keep);
        if (const auto silences = top["silences"]) read_silences(silences);
        if (const auto log = top["log"]) read_log(log);
        if (const auto ca_file = top["ca_file"]) read_ca_file(ca_file);
        if (const auto heartbeat = top["heartbeat"]) read_heartbeat(heartbeat);
        if (const auto replies = top["replies"]) read_replies(replies);
        if (const auto calendars = top["calendars"]) read_calendars(calendars);
        return std::move(settings_);
    }

    /// The file as diagnostics may show it.
    [[nodiscard]] std::string shown(const std::string& text) const { return secrets_.with_exposed_hidden(text); }

private:
    /// From the settings file's folder, if it is relative; empty if there is none.
    [[nodiscard]] std::string directory(const yaml::Cursor& value) const {
        const auto written = value.text();
        return written ? (folder_ / *written).lexically_normal().string() : std::string();
    }

    /// The message for a URL that is wrong would quote it; one that may hold a password is not quoted.
    std::optional<std::string> web_url(const yaml::Cursor& value) {
        const auto written = value.text();
        const bool may_hold_password = written && written->find('@') != std::string::npos && !parse_web_url(*written);
        if (!may_hold_password) return value.read(kUrlForm, parse_web_url);
        secrets_.note_exposed(value);
        value.error("a URL must not carry a user name or a password");
        return {};
    }

    /// The name of an entry, which ends up in paths and labels.
    static bool has_good_name(const yaml::Entry& entry) { return entry.key.read(kNameForm, parse_name).has_value(); }

    void read_sources(const yaml::Cursor& sources) {
        for (const auto& entry : sources.entries()) {
            const auto record =
                entry.value.record({"kind", kSecretFile, kCredential, kSecretInline, "secret_in", "header", "keys", "two_way"});
            SourceSettings source;
            source.name = entry.name;
            if (const auto kind = record.required("kind").choice(kSourceKinds)) source.kind = kSourceKinds[*kind];
            const bool has_keys_only = record["keys"].choice(kKeys).has_value();
            if (auto secret = has_keys_only ? secrets_.if_named(record) : secrets_.required(record)) {
                secrets_.note_holder(entry, *secret);
                source.secret = std::move(*secret);
                if (has_keys_only) record["keys"].error("`keys: only` means that there is no secret, and one is named");
            }
            if (auto header = record["header"].read("the name of an HTTP header", parse_header_name))
                source.header = std::move(*header);
            if (const auto proofs = record["secret_in"]) read_proofs(proofs, source);
            if (const auto two_way = record["two_way"]) read_two_way(two_way, source);
            if (entry.name == kOwnSource) {
                entry.key.error(fmt::format("\"{}\" is the source of the daemon's own alerts", kOwnSource))
                    .hints.push_back("give this one another name");
            }
            if (has_good_name(entry)) settings_.sources.emplace(entry.name, std::move(source));
        }
    }

    static void read_proofs(const yaml::Cursor& proofs, SourceSettings& source) {
        const auto items = proofs.one_or_more();
        source.accepts_bearer = false;
        for (const auto& item : items) {
            const auto proof = item.choice(kProofs);
            source.accepts_bearer |= proof == 0;
            source.accepts_in_path |= proof == 1;
            source.accepts_in_query |= proof == 2;
            source.accepts_signature |= proof == 3;
            const bool can_sign = std::find(kSigningKinds.begin(), kSigningKinds.end(), source.kind) != kSigningKinds.end();
            if (proof == 3 && !source.kind.empty() && !can_sign) {
                item.error(fmt::format("a source of kind {} does not sign what it sends", source.kind))
                    .hints.push_back(fmt::format("only {} do", fmt::join(kSigningKinds, " and ")));
            }
        }
        if (items.empty() && source.header.empty()) {
            proofs.error("nobody could prove to be this source").hints.push_back("name bearer, path or query, or a `header`");
        }
    }

    void read_two_way(const yaml::Cursor& value, SourceSettings& source) {
        if (!source.kind.empty() && source.kind != kTwoWayKind) {
            value.error(fmt::format("a source of kind {} cannot be told what is done here", source.kind))
                .hints.push_back(fmt::format("only one of kind {} can", kTwoWayKind));
        }
        const auto record = value.record({"url", kSecretFile, kCredential, kSecretInline});
        const auto at = record["url"];
        auto url = at ? web_url(at) : std::string(kOpsgenieUrl);
        if (url && is_exposed(*url)) at.warning("the key goes over the network unencrypted").hints.push_back("use https://");
        auto secret = secrets_.required(record);
        if (url && secret) source.two_way = TwoWaySettings{std::move(*url), std::move(*secret)};
    }

    void read_channels(const yaml::Cursor& channels) {
        for (const auto& entry : channels.entries()) {
            ChannelSettings channel;
            channel.name = entry.name;
            const auto record = entry.value.record(
                {"kind", "url", kSecretFile, kCredential, kSecretInline, "alias", "server", "from", "username", "tls"});
            const auto kind = record.required("kind").choice(kChannelKinds);
            if (kind) {
                channel.kind = kChannelKinds[*kind];
                read_channel(record, channel);
            }
            if (has_good_name(entry)) settings_.channels.emplace(entry.name, std::move(channel));
        }
    }

    void read_channel(const yaml::Record& record, ChannelSettings& channel) {
        if (channel.kind == "mail") {
            refuse(record, channel.kind, kNotOfMail);
            return read_mail_channel(record, secrets_, channel);
        }
        refuse(record, channel.kind, kMailKeys);
        if (channel.kind == "log") return refuse(record, channel.kind, kNotOfTheLog);
        const bool is_opsgenie = channel.kind == "opsgenie";
        // A webhook without one posts to the URL that each contact names.
        const auto url = is_opsgenie ? record.required("url") : record["url"];
        if (auto read = web_url(url)) {
            channel.url = std::move(*read);
            if (is_exposed(channel.url)) url.warning("pages go over the network unencrypted").hints.push_back("use https://");
        }
        channel.secret = is_opsgenie ? secrets_.required(record) : secrets_.if_named(record);
        if (!is_opsgenie) return refuse(record, channel.kind, kOfOpsgenie);
        if (const auto alias = record["alias"].choice(kOpsgenieAliases)) channel.options["alias"] = kOpsgenieAliases[*alias];
    }

    static void refuse(const yaml::Record& record, std::string_view kind, std::span<const std::string_view> keys) {
        for (const auto key : keys) {
            if (const auto value = record[key]) value.error(fmt::format("a channel of kind {} has no \"{}\"", kind, key));
        }
    }

    void read_api(const yaml::Cursor& api) {
        const auto tokens = api.record({"tokens"})["tokens"];
        if (!tokens) return;
        for (const auto& entry : tokens.entries()) {
            const auto record = entry.value.record({kSecretFile, kCredential, kSecretInline, "only"});
            auto secret = secrets_.required(record);
            const auto only = record["only"].choice(kScopes);
            if (secret) secrets_.note_holder(entry, *secret);
            if (secret && has_good_name(entry)) {
                using Scope = TokenSettings::Scope;
                settings_.tokens.push_back({entry.name, std::move(*secret), only ? Scope::Calendars : Scope::Everything});
            }
        }
    }

    void read_limits(const yaml::Cursor& section) {
        const auto limits = section.record({"body", "connections", "drain", "requests_per_minute"});
        const auto parse_body = [](std::string_view text) -> std::optional<std::size_t> {
            const auto bytes = parse_bytes(text);
            return bytes && *bytes >= kBodyBytesMin && *bytes <= kBodyBytesMax ? bytes : std::nullopt;
        };
        if (const auto body = limits["body"].read("a size from 1KiB to 1GiB, such as 4MiB", parse_body))
            settings_.body_bytes_max = *body;
        if (const auto connections = limits["connections"].integer(kConnections)) {
            settings_.connections_max = static_cast<std::size_t>(*connections);
        }
        if (const auto rate = limits["requests_per_minute"].integer(kRequestsPerMinute)) settings_.requests_per_minute = *rate;
        if (const auto drain = limits["drain"].duration()) settings_.drain_max = *drain;
    }

    /// A path, or a record with more than that.
    void read_rulebook(const yaml::Cursor& value) {
        if (!value.is_map()) {
            settings_.rulebook_directory = directory(value);
            return;
        }
        const auto rulebook = value.record({"path", "watch"});
        settings_.rulebook_directory = directory(rulebook.required("path"));
        if (const auto watch = rulebook["watch"].boolean()) settings_.is_rulebook_watched = *watch;
    }

    void read_keep(const yaml::Cursor& section) {
        const auto keep = section.record({"alerts", "incidents"});
        read_kept(keep["alerts"], settings_.keep.alerts);
        read_kept(keep["incidents"], settings_.keep.incidents);
    }

    static void read_kept(const yaml::Cursor& value, std::optional<Duration>& kept) {
        if (!value) return;
        const auto written = value.read("a duration of at least 1h such as 30d, or `forever`", parse_kept);
        if (!written) return;
        kept = written->count() > 0 ? *written : std::optional<Duration>{};
    }

    void read_heartbeat(const yaml::Cursor& section) {
        const auto heartbeat = section.record({"url", "every"});
        OwnHeartbeatSettings own;
        if (auto url = web_url(heartbeat.required("url"))) own.url = std::move(*url);
        if (const auto every = heartbeat["every"].read("a duration of at least 1s such as 1m", parse_interval))
            own.every = *every;
        settings_.heartbeat = std::move(own);
    }

    void read_replies(const yaml::Cursor& section) {
        const auto replies = section.record({"hosts", "domains", "channel", kSecretFile, kCredential, kSecretInline});
        const auto hosts = replies["domains"] ? replies["hosts"] : replies.required("hosts");
        for (const auto& item : hosts ? hosts.one_or_more() : std::vector<yaml::Cursor>{}) {
            auto host =
                item.read("a host such as callback.example.org, *.example.org or callback.example.org:8443", parse_allowed_host);
            if (host) settings_.replies.hosts.push_back(std::move(*host));
        }
        settings_.replies.secret = secrets_.if_named(replies);
        read_mail_replies(replies, settings_.channels, settings_.replies);
    }

    void read_calendars(const yaml::Cursor& section) {
        const auto calendars = section.record({"hosts", "every", "largest"});
        for (const auto& item : calendars.required("hosts").one_or_more()) {
            auto host = item.read("a host such as calendar.example.org or *.example.org", parse_allowed_host);
            if (host) settings_.calendars.hosts.push_back(std::move(*host));
        }
        if (const auto every = calendars["every"].read("a duration of at least 1s such as 15m", parse_interval))
            settings_.calendars.every = *every;
        if (const auto largest = calendars["largest"].read("a size from 1KiB to 8MiB, such as 4MiB", parse_calendar_bytes))
            settings_.calendars.bytes_max = *largest;
    }

    void read_silences(const yaml::Cursor& section) {
        const auto silences = section.record({"longest", "told_before"});
        if (const auto longest = silences["longest"].positive_duration()) settings_.silences.longest = *longest;
        if (const auto before = silences["told_before"].duration()) settings_.silences.told_before = *before;
    }

    void read_log(const yaml::Cursor& section) {
        const auto log = section.record({"level", "format"});
        if (const auto level = log["level"].choice(kLogLevels)) settings_.log_level = kLogLevels[*level];
        if (const auto format = log["format"].choice(kLogFormats)) settings_.log_format = kLogFormats[*format];
    }

    /// Read now, though it is needed only when a page is sent: then would be the wrong time to find out.
    void read_ca_file(const yaml::Cursor& value) {
        const auto written = value.text();
        if (!written) return;
        const auto bytes = read_file_(*written);
        if (!bytes) {
            value.error(fmt::format("the file of authorities {} cannot be read: {}", *written, bytes.error().message()));
        } else if (bytes->find("-----BEGIN ") == std::string::npos) {
            value.error(fmt::format("{} holds no certificate in PEM form", *written));
        }
        settings_.ca_file = directory(value);
    }

    std::filesystem::path folder_;
    const ReadFile& read_file_;
    SecretReader secrets_;
    Settings settings_;
};

/// Settings that work, but with which nobody is ever told anything, or nobody can answer.
void warn_of_what_is_missing(const Settings& settings, const yaml::Place& top, yaml::Diagnostics& diagnostics) {
    if (settings.sources.empty()) {
        diagnostics.warning(top, "there are no sources: nobody can send alerts").hints.push_back("add `sources:`");
    }
    if (settings.channels.empty()) {
        diagnostics.warning(top, "there are no channels: nobody can be paged").hints.push_back("add `channels:`");
    }
    if (settings.tokens.empty()) {
        diagnostics.warning(top, "there are no API tokens: nobody can acknowledge").hints.push_back("add `api: { tokens: ... }`");
    }
}

}  // namespace

std::string own_name(const Settings& settings) {
    const std::string tocsin = "tocsin";
    return settings.node == tocsin ? tocsin : tocsin + "/" + settings.node;
}

ReadSettings read_settings(const std::string& path, const std::string& text, const ReadFile& read_file,
                           const std::string& credentials_directory) {
    ReadSettings result;
    const auto document = yaml::Document::parse(path, text, result.diagnostics);
    if (!document.root() && result.diagnostics.errors() > 0) return result;
    Reader reader(path, read_file, credentials_directory);
    auto settings = reader.read(document.root());
    result.diagnostics.add_file(path, reader.shown(text));
    if (result.diagnostics.errors() > 0) return result;
    warn_of_what_is_missing(settings, {.file = path}, result.diagnostics);
    result.settings = std::move(settings);
    return result;
}

}  // namespace tocsin::config
