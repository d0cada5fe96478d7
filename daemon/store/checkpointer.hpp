// Copies the write-ahead log into the database file on a thread of its own, so that no commit waits for it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "daemon/store/turns.hpp"

namespace tocsin::store {

/// A thread that sleeps until something was written: then a checkpoint at the latest a second later, or at once when the log has
/// grown by `pages_between`. A log longer than `pages_max` begins anew, for which the writers wait a moment: while they go on
/// without pause it would only grow. The file keeps its size: to write over what is there costs the disk a fifth of what it costs
/// to let a file grow (fdatasync after 40 KiB on ext4: 0.45 ms and 3.9 ms).
class Checkpointer {
public:
    struct Limits {
        int pages_between = 16'384;  ///< 64 MiB: more often, and commits wait for the disk.
        int pages_max = 65'536;      ///< 256 MiB.
    };
    /// Called on the thread with the first error after a success; the checkpoint is tried again in ten seconds.
    using OnTrouble = std::function<void(const Error&)>;

    /// `turns` are those of the database's writers, and live longer.
    [[nodiscard]] static Result<std::unique_ptr<Checkpointer>> start(const std::string& file, Turns& turns, OnTrouble on_trouble);
    [[nodiscard]] static Result<std::unique_ptr<Checkpointer>> start(const std::string& file, Turns& turns, OnTrouble on_trouble,
                                                                     Limits limits);
    ~Checkpointer();

    /// After each commit, from any one thread at a time: how many pages are in the log now.
    void wrote(int wal_pages);

private:
    struct Impl;
    explicit Checkpointer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::store
