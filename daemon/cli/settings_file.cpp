#include "daemon/cli/settings_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "daemon/app/files.hpp"

namespace tocsin::cli {

std::optional<config::Settings> read_settings_file(const std::string& path) {
    const auto text = app::read_file(path);
    if (!text) {
        fmt::print(stderr, "tocsin: {}\n", text.error().message());
        return {};
    }
    const auto folder = std::filesystem::path{path}.parent_path();
    const auto read_beside = [folder](const std::string& named) { return app::read_file((folder / named).string()); };
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    auto read = config::read_settings(path, *text, read_beside, credentials == nullptr ? "" : credentials);
    fmt::print(stderr, "{}", read.diagnostics.render());
    if (!read.settings) fmt::print(stderr, "{}; the daemon was not started\n", read.diagnostics.summary());
    return std::move(read.settings);
}

}  // namespace tocsin::cli
