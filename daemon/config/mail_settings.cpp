#include "daemon/config/mail_settings.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "core/base/mail_address.hpp"
#include "daemon/config/values.hpp"

namespace tocsin::config {
namespace {

constexpr std::array<std::string_view, 2> kTls{"required", "none"};
constexpr std::string_view kServerForm = "a mail server such as smtp://mail.example.org:587 or smtps://mail.example.org:465";

std::optional<std::string> parse_mail_address(std::string_view text) {
    if (!is_mail_address(text)) return {};
    return std::string(text);
}

std::optional<std::string> parse_allowed_domain(std::string_view text) {
    return text.find(':') == std::string_view::npos ? parse_allowed_host(text) : std::nullopt;
}

}  // namespace

void read_mail_channel(const yaml::Record& record, SecretReader& secrets, ChannelSettings& channel) {
    const auto server = record.required("server").read(kServerForm, parse_mail_server);
    if (auto from = record.required("from").read("a mail address such as tocsin@example.org", parse_mail_address)) {
        channel.options["from"] = std::move(*from);
    }
    const auto username = record["username"];
    if (auto name = username.text()) channel.options["username"] = std::move(*name);
    channel.secret = secrets.password_if_named(record);
    const bool has_secret = record[kSecretFile] || record[kCredential];
    if (username && !has_secret) username.error("a user name needs a password").hints.push_back("add `secret_file: path`");
    if (has_secret && !username) {
        record.self().error("a password needs a user name").hints.push_back("add `username:`, or leave the password out");
    }
    const auto tls = record["tls"].choice(kTls);
    if (!server) return;
    channel.url = server->url;
    const bool is_clear = !server->is_tls && (tls ? *tls == 1 : server->is_here);
    channel.options["tls"] = is_clear ? "none" : "required";
    if (!is_clear || server->is_here) return;
    if (username) {
        record["tls"].error("the password would go over the network unencrypted").hints.push_back("say `tls: required`");
    } else {
        record["tls"].warning("pages go over the network unencrypted").hints.push_back("say `tls: required`");
    }
}

void read_mail_replies(const yaml::Record& record, const std::map<std::string, ChannelSettings>& channels,
                       ReplySettings& replies) {
    const auto domains = record["domains"];
    for (const auto& item : domains ? domains.one_or_more() : std::vector<yaml::Cursor>{}) {
        if (auto domain = item.read("a domain such as example.org or *.example.org", parse_allowed_domain)) {
            replies.domains.push_back(std::move(*domain));
        }
    }
    const auto channel = record["channel"];
    if (domains && !channel) domains.error("which mail channel carries replies?").hints.push_back("add `channel: NAME`");
    const auto name = channel.text();
    if (!name) return;
    const auto found = channels.find(*name);
    if (found == channels.end() || found->second.kind != "mail") {
        channel.error(fmt::format("there is no channel \"{}\" of kind mail", *name)).hints.push_back("name one of `channels`");
        return;
    }
    replies.channel = *name;
}

}  // namespace tocsin::config
