#include "daemon/app/rulebook_watch.hpp"

#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace fs = std::filesystem;
namespace {

/// Left alone for so long: whoever changed the files is done. Changes without end are looked at all the same after the longer
/// one.
constexpr Duration kQuiet = std::chrono::milliseconds{500};
constexpr Duration kBurstMax = std::chrono::seconds{10};

constexpr std::uint32_t kEvents =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

bool is_hidden(const std::string& name) { return name.starts_with('.') && !name.starts_with(".."); }

}  // namespace

RulebookWatch::RulebookWatch(http::Loop& loop, std::string path, std::function<void()> on_change)
    : loop_(loop), path_(std::move(path)), on_change_(std::move(on_change)) {}

Result<void> RulebookWatch::begin() {
    inotify_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify_ < 0) return Error{Errc::Unavailable, fmt::format("watching files: {}", std::strerror(errno))};
    loop_.on_readable(inotify_, [this] { read_events(); });
    return watch_folders();
}

/// Again after every change, as folders come and go; one that is watched already stays so.
Result<void> RulebookWatch::watch_folders() {
    const fs::path path{path_};
    auto watched = watch(path.has_parent_path() ? path.parent_path().string() : ".", path.filename().string());
    std::error_code ec;
    if (!watched || !fs::is_directory(path, ec)) return watched;
    watched = watch(path_, {});
    fs::recursive_directory_iterator at{path, ec};
    for (; watched && !ec && at != fs::recursive_directory_iterator{}; at.increment(ec)) {
        if (!at->is_directory(ec)) continue;
        if (is_hidden(at->path().filename().string())) {
            at.disable_recursion_pending();
        } else {
            watched = watch(at->path().string(), {});
        }
    }
    return watched;
}

Result<void> RulebookWatch::watch(const std::string& folder, std::string only) {
    const int descriptor = ::inotify_add_watch(inotify_, folder.c_str(), kEvents);
    if (descriptor >= 0) {
        only_[descriptor] = std::move(only);
        return {};
    }
    if (errno == ENOENT || errno == ENOTDIR) return {};  // It has gone meanwhile, which is a change of its own.
    const auto* cure = errno == ENOSPC ? "; raise fs.inotify.max_user_watches" : "";
    return Error{Errc::Unavailable, fmt::format("watching {}: {}{}", folder, std::strerror(errno), cure)};
}

void RulebookWatch::read_events() {
    alignas(inotify_event) std::array<char, 16U << 10U> block;
    bool has_changed = false;
    while (true) {
        const auto bytes = ::read(inotify_, block.data(), block.size());
        if (bytes <= 0) break;
        for (const char* at = block.data(); at < block.data() + bytes;) {
            const auto* event = reinterpret_cast<const inotify_event*>(at);
            has_changed = has_changed || (event->mask & IN_Q_OVERFLOW) != 0 ||
                          matters(event->wd, event->len > 0 ? std::string(event->name) : std::string());
            at += sizeof(inotify_event) + event->len;
        }
    }
    if (has_changed) changed();
}

bool RulebookWatch::matters(int watch, const std::string& name) const {
    const auto only = only_.find(watch);
    if (only == only_.end()) return false;
    if (!only->second.empty()) return name == only->second;
    return !is_hidden(name) && !name.ends_with('~');
}

void RulebookWatch::changed() {
    loop_.after(kQuiet, [this, change = ++changes_] {
        if (change == changes_ && is_in_burst_) settle();
    });
    if (std::exchange(is_in_burst_, true)) return;
    loop_.after(kBurstMax, [this, burst = ++bursts_] {
        if (burst == bursts_ && is_in_burst_) settle();
    });
}

void RulebookWatch::settle() {
    is_in_burst_ = false;
    if (auto watched = watch_folders(); !watched) log::error(log::Event::RulebookNotWatched, watched.error().message());
    on_change_();
}

}  // namespace tocsin::app
