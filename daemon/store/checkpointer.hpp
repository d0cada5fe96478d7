// Copies the write-ahead log into the database file on a thread of its own, so that no commit waits for it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::store {

/// A thread that sleeps until something was written: then a checkpoint at the latest a second later, or at once when the log has
/// grown by kPagesBetween; when the log is longer than kPagesMax it is cut, for which a writer may have to wait a moment.
class Checkpointer {
public:
    static constexpr int kPagesBetween = 1'024;  ///< 4 MiB.
    static constexpr int kPagesMax = 65'536;     ///< 256 MiB.

    /// Called on the thread with the first error after a success; the checkpoint is tried again in ten seconds.
    using OnTrouble = std::function<void(const Error&)>;

    [[nodiscard]] static Result<std::unique_ptr<Checkpointer>> start(const std::string& file, OnTrouble on_trouble);
    ~Checkpointer();

    /// After each commit, from any one thread at a time: how many pages are in the log now.
    void wrote(int wal_pages);

private:
    struct Impl;
    explicit Checkpointer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::store
