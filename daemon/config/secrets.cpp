#include "daemon/config/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin::config {
namespace {

bool is_visible(char c) { return c > ' ' && c <= '~'; }

/// Why a secret is no good, or nothing.
std::optional<std::string> fault_of_any(std::string_view secret) {
    if (secret.empty()) return "is empty";
    if (secret.find('\n') != std::string_view::npos) return "has more than one line";
    return {};
}

std::optional<std::string> fault_of(std::string_view secret) {
    if (auto fault = fault_of_any(secret)) return fault;
    if (!std::all_of(secret.begin(), secret.end(), is_visible)) return "holds a space or a character that no header can carry";
    if (secret.size() < kSecretCharactersMin) {
        return fmt::format("has {} characters, at least {} are needed", secret.size(), kSecretCharactersMin);
    }
    return {};
}

}  // namespace

std::optional<Secret> SecretReader::required(const yaml::Record& record) {
    if (!record[kSecretFile] && !record[kCredential] && !record[kSecretInline]) {
        record.self()
            .error("no secret is named")
            .hints.push_back("add `secret_file: path`, or `credential: name` of a systemd credential");
        return {};
    }
    return if_named(record);
}

std::optional<Secret> SecretReader::if_named(const yaml::Record& record, Whose whose) {
    const auto file = record[kSecretFile];
    const auto credential = record[kCredential];
    if (const auto written_here = record[kSecretInline]) {
        note_exposed(written_here);
        written_here.error("a secret must not stand in this file")
            .hints.push_back("write it into a file of its own and say `secret_file: path`");
        return {};
    }
    if (file && credential) {
        credential.error("the secret is named twice, by `secret_file` and by `credential`").hints.push_back("keep one of them");
        return {};
    }
    if (credential) return read_credential(credential, whose);
    const auto path = file.text();
    if (!path) return {};
    return read({file, *path, fmt::format("the secret file {}", *path)}, whose);
}

std::optional<Secret> SecretReader::read_credential(const yaml::Cursor& named, Whose whose) const {
    const auto name = named.text();
    if (!name) return {};
    if (name->find('/') != std::string::npos) {
        named.error("a credential is a name, not a path").hints.push_back("for a path say `secret_file: path`");
        return {};
    }
    if (credentials_directory_.empty()) {
        named.error(fmt::format("there is no credential \"{}\": $CREDENTIALS_DIRECTORY is not set", *name))
            .hints.push_back(
                fmt::format("start tocsin by systemd with LoadCredential={}:/path, or say `secret_file: path`", *name));
        return {};
    }
    return read({named, credentials_directory_ + "/" + *name, fmt::format("the credential {}", *name)}, whose);
}

std::optional<Secret> SecretReader::read(const Named& named, Whose whose) const {
    const auto bytes = read_file_(named.path);
    if (!bytes) {
        named.at.error(fmt::format("{} cannot be read: {}", named.what, bytes.error().message()));
        return {};
    }
    auto value = *bytes;
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
    if (const auto fault = whose == Whose::Ours ? fault_of(value) : fault_of_any(value)) {
        auto& error = named.at.error(fmt::format("{} {}", named.what, *fault));
        if (whose == Whose::Ours) error.hints.push_back("a good one is made by `openssl rand -hex 24`");
        return {};
    }
    return Secret{std::move(value)};
}

void SecretReader::note_holder(const yaml::Entry& holder, const Secret& secret) {
    const auto same =
        std::find_if(holders_.begin(), holders_.end(), [&](const Holder& other) { return other.value == secret.value; });
    if (same != holders_.end()) {
        holder.key.warning(fmt::format("\"{}\" has the same secret as \"{}\"", holder.name, same->name))
            .hints.push_back(
                fmt::format("\"{}\" is at {}; who knows one secret can speak for both", same->name, to_string(same->place)));
    }
    holders_.push_back({holder.name, holder.key.place(), secret.value});
}

std::string SecretReader::with_exposed_hidden(const std::string& text) const {
    std::string shown;
    std::int32_t line = 1;
    std::int32_t column = 0;
    const auto is_exposed = [&](const yaml::Place& place) {
        // A value of unknown extent (a block, an escaped text) is hidden to the end of its line.
        return place.line == line && column >= place.column && (place.length <= 1 || column < place.column + place.length);
    };
    for (const char c : text) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (!continues) ++column;
        const bool hides = c != '\n' && std::any_of(exposed_.begin(), exposed_.end(), is_exposed);
        if (!hides) shown += c;
        if (hides && !continues) shown += '*';
        if (c == '\n') {
            ++line;
            column = 0;
        }
    }
    return shown;
}

}  // namespace tocsin::config
