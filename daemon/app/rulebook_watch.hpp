// Tells when the files of a rulebook have changed and then been left alone for a moment: a checkout replaces many at once.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/base/result.hpp"
#include "daemon/http/loop.hpp"

namespace tocsin::app {

/// Home: the io thread. Sleeps until the system says that something has happened in one of the folders.
class RulebookWatch {
public:
    /// `path` is the rulebook's directory or file; where it is a symbolic link, replacing that counts too. The loop must outlive
    /// this.
    RulebookWatch(http::Loop& loop, std::string path, std::function<void()> on_change);

    /// Unavailable if the system has no watches left. Once.
    [[nodiscard]] Result<void> begin();

private:
    [[nodiscard]] Result<void> watch_folders();
    [[nodiscard]] Result<void> watch(const std::string& folder, std::string only);
    void read_events();
    [[nodiscard]] bool matters(int watch, const std::string& name) const;
    void changed();
    void settle();

    http::Loop& loop_;
    const std::string path_;
    const std::function<void()> on_change_;
    int inotify_ = -1;
    std::map<int, std::string> only_;  ///< By watch, the one name that matters; empty: all.
    std::uint64_t changes_ = 0;
    std::uint64_t bursts_ = 0;
    bool is_in_burst_ = false;
};

}  // namespace tocsin::app
