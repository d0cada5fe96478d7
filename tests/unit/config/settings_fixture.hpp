// A settings file and the files beside it, in memory.
#pragma once

#include <map>
#include <string>

#include "daemon/config/settings.hpp"

namespace tocsin::config {

/// Files by path; every other path is not found. There are good secrets already: secrets/a, secrets/b, secrets/c and, among the
/// credentials in /run/credentials, "key".
class SettingsFolder {
public:
    SettingsFolder& file(const std::string& path, const std::string& text);
    SettingsFolder& without_credentials();

    /// Reads `text` as /etc/tocsin/tocsin.yaml.
    [[nodiscard]] ReadSettings read(const std::string& text) const;
    /// The settings of a text in which nothing is wrong; the test fails otherwise.
    [[nodiscard]] Settings good(const std::string& text) const;
    /// Everything that is reported about a text, as a person would see it; the first line is empty.
    [[nodiscard]] std::string complaints(const std::string& text) const;

private:
    std::map<std::string, std::string> files_{
        {"secrets/a", "0123456789abcdef-a\n"},
        {"secrets/b", "0123456789abcdef-b\r\n"},
        {"secrets/c", "0123456789abcdef-c"},
        {"/run/credentials/key", "0123456789abcdef-key\n"},
    };
    std::string credentials_directory_ = "/run/credentials";
};

/// The least there must be, without warnings; 5 lines.
inline constexpr const char* kLeast =
    "data: state\n"
    "rulebook: rules\n"
    "sources: { splunk: { kind: splunk, secret_file: secrets/a } }\n"
    "channels: { log: { kind: log } }\n"
    "api: { tokens: { ops: { secret_file: secrets/b } } }\n";

}  // namespace tocsin::config
