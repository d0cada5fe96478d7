// Secrets of the settings: read from files and systemd credentials, judged, and never shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/config/settings.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::config {

/// The keys by which a secret is named; `secret` itself is known only to be refused with a cure.
inline constexpr std::string_view kSecretFile = "secret_file";
inline constexpr std::string_view kCredential = "credential";
inline constexpr std::string_view kSecretInline = "secret";
/// Shorter ones can be guessed.
inline constexpr std::size_t kSecretCharactersMin = 16;

class SecretReader {
public:
    /// Both must outlive the reader. `credentials_directory` may be empty: there are none.
    SecretReader(const ReadFile& read_file, const std::string& credentials_directory)
        : read_file_(read_file), credentials_directory_(credentials_directory) {}

    /// The secret that a record names; reports and answers nothing if it names none, two, or one that is not good.
    [[nodiscard]] std::optional<Secret> required(const yaml::Record& record);
    /// The same, and that none is named is fine.
    [[nodiscard]] std::optional<Secret> if_named(const yaml::Record& record) { return if_named(record, Whose::Ours); }
    /// The same, of a password that somebody else chose: as short as it is, and it may hold spaces.
    [[nodiscard]] std::optional<Secret> password_if_named(const yaml::Record& record) { return if_named(record, Whose::Theirs); }

    /// Warns if a secret that was noted before under another name is the same: whoever knows one knows both.
    void note_holder(const yaml::Entry& holder, const Secret& secret);

    /// Notes that something secret stands in the settings file itself, so that it can be hidden.
    void note_exposed(const yaml::Cursor& value) { exposed_.push_back(value.place()); }
    /// The settings file as diagnostics may show it: with `*` for what was noted.
    [[nodiscard]] std::string with_exposed_hidden(const std::string& text) const;

private:
    enum class Whose : std::uint8_t { Ours, Theirs };
    struct Named {
        yaml::Cursor at;
        std::string path;
        std::string what;
    };
    [[nodiscard]] std::optional<Secret> if_named(const yaml::Record& record, Whose whose);
    [[nodiscard]] std::optional<Secret> read(const Named& named, Whose whose) const;
    [[nodiscard]] std::optional<Secret> read_credential(const yaml::Cursor& named, Whose whose) const;

    struct Holder {
        std::string name;
        yaml::Place place;
        std::string value;
    };
    const ReadFile& read_file_;
    const std::string& credentials_directory_;
    std::vector<Holder> holders_;
    std::vector<yaml::Place> exposed_;
};

}  // namespace tocsin::config
