// What check, test and explain share: a rulebook from disk, and what is known of the daemon around it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rules/rulebook.hpp"

namespace CLI {
class App;
}

namespace tocsin::cli {

struct RulebookOptions {
    std::string path;               ///< A directory or a file; empty: the settings' rulebook.
    std::string config;             ///< tocsin.yaml: its channels and sources are checked too.
    std::string calendar_folder{};  ///< What calendars at an address say, by the last part of the address.
};

/// The positional `rulebook` and --config.
void add_rulebook_options(CLI::App& command, RulebookOptions& options);

/// Where it is read from.
[[nodiscard]] std::string rulebook_path(const RulebookOptions& options);

/// Reads and compiles; nothing, with the reason on stderr, if the files cannot be read. With a horizon, somebody must be
/// reachable all through it.
[[nodiscard]] std::optional<CompiledRulebook> compile_from_disk(const RulebookOptions& options,
                                                                std::optional<Horizon> horizon = std::nullopt);

/// The same, and with errors printed to stderr; null if there are any.
[[nodiscard]] std::shared_ptr<const Rulebook> load_from_disk(const RulebookOptions& options);

/// Null, with the nearest name on stderr, if there is no such schedule.
[[nodiscard]] const Schedule* find_schedule(const Roster& roster, const std::string& name);

/// The bytes of a file, or of standard input if it is called "-".
[[nodiscard]] std::optional<std::string> read_payload(const std::string& path);

}  // namespace tocsin::cli
