#include "daemon/app/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace tocsin::app {
namespace fs = std::filesystem;
namespace {

bool is_rulebook_file(const fs::path& path) {
    const auto name = path.filename().string();
    return !name.starts_with('.') && (path.extension() == ".yaml" || path.extension() == ".yml");
}

bool is_left_out(const fs::path& folder) {
    const auto name = folder.filename().string();
    return name.starts_with('.') || name == "samples";
}

Error unreadable(const std::string& path, const std::string& why) {
    return Error{Errc::NotFound, fmt::format("cannot read {}: {}", path, why)};
}

Result<std::vector<std::string>> rulebook_paths(const std::string& directory) {
    std::vector<std::string> paths;
    std::error_code ec;
    fs::recursive_directory_iterator files{directory, ec};
    for (; !ec && files != fs::recursive_directory_iterator{}; files.increment(ec)) {
        if (files->is_directory() && is_left_out(files->path())) files.disable_recursion_pending();
        if (files->is_regular_file() && is_rulebook_file(files->path())) paths.push_back(files->path().string());
    }
    if (ec) return unreadable(directory, ec.message());
    if (paths.empty()) return unreadable(directory, "there is no *.yaml file in it");
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    std::error_code ec;
    if (fs::is_directory(path, ec)) return unreadable(path, "it is a directory");
    std::ifstream file{path, std::ios::binary};
    if (!file) return unreadable(path, std::strerror(errno));
    std::string text;
    std::string block(64U << 10U, '\0');
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
        text.append(block, 0, static_cast<std::size_t>(file.gcount()));
        if (text.size() > bytes_max) return Error{Errc::TooLarge, fmt::format("{} is larger than {} bytes", path, bytes_max)};
    }
    if (file.bad()) return unreadable(path, std::strerror(errno));
    return text;
}

Result<std::vector<RulebookFile>> read_rulebook(const std::string& directory_or_file) {
    std::error_code ec;
    auto paths = fs::is_regular_file(directory_or_file, ec) ? Result<std::vector<std::string>>{std::vector{directory_or_file}}
                                                            : rulebook_paths(directory_or_file);
    if (!paths) return paths.error();
    std::vector<RulebookFile> files;
    for (auto& path : *paths) {
        auto text = read_file(path);
        if (!text) return text.error();
        files.push_back({std::move(path), std::move(*text)});
    }
    return files;
}

Result<std::string> read_sample(std::string_view rulebook_path, std::string_view named) {
    return read_file((fs::path{rulebook_path}.parent_path() / fs::path{named}).string());
}

}  // namespace tocsin::app
