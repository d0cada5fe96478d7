#include "daemon/cli/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "daemon/http/loop.hpp"

namespace tocsin::cli {
namespace fs = std::filesystem;
namespace {

std::string line_of(const fs::path& file) {
    std::error_code ec;
    const auto bytes = fs::file_size(file, ec);
    const auto changed = fs::last_write_time(file, ec);
    return fmt::format("{} {} {}\n", file.string(), ec ? 0 : bytes, ec ? 0 : changed.time_since_epoch().count());
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

void add_lines(const std::string& path, std::vector<std::string>& lines) {
    std::error_code ec;
    if (!fs::is_directory(path, ec)) return lines.push_back(line_of(path));
    fs::recursive_directory_iterator files{path, ec};
    for (; !ec && files != fs::recursive_directory_iterator{}; files.increment(ec)) {
        if (is_hidden(files->path())) {
            files.disable_recursion_pending();
        } else if (std::error_code unknown; files->is_regular_file(unknown)) {
            lines.push_back(line_of(files->path()));
        }
    }
}

/// One watch under way.
class Rounds {
public:
    explicit Rounds(const Watch& watch) : watch_(watch) {}

    void until_signalled() {
        loop_.on_signals({SIGINT, SIGTERM}, [this](int) { loop_.stop(); });
        loop_.post([this] { look(); });
        loop_.run();
    }

private:
    /// The stamp is taken before the round: what changes during it is seen by the next look.
    void look() {
        auto stamp = watch_.stamp();
        if (!is_begun_ || stamp != stamp_) {
            is_begun_ = true;
            stamp_ = std::move(stamp);
            watch_.round();
        }
        loop_.after(watch_.interval, [this] { look(); });
    }

    const Watch& watch_;
    http::Loop loop_;
    bool is_begun_ = false;
    std::string stamp_;
};

}  // namespace

std::string stamp_of(const std::vector<std::string>& paths) {
    std::vector<std::string> lines;
    for (const auto& path : paths) add_lines(path, lines);
    std::sort(lines.begin(), lines.end());
    std::string stamp;
    for (const auto& line : lines) stamp += line;
    return stamp;
}

void watch(const Watch& watch) { Rounds(watch).until_signalled(); }

}  // namespace tocsin::cli
