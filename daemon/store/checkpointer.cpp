// The checkpoint thread. It holds no lock of ours while it copies.
#include "daemon/store/checkpointer.hpp"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "daemon/store/sqlite.hpp"

namespace tocsin::store {
namespace {

/// Before the log begins anew.
constexpr int kCopiesBefore = 4;
constexpr Duration kPause = std::chrono::seconds{1};
constexpr Duration kPauseAfterTrouble = std::chrono::seconds{10};
/// Beginning the log anew waits for readers while it holds off the writers: when they do not end soon, the next time will do.
constexpr Duration kPatience{50};

}  // namespace

struct Checkpointer::Impl {
    Impl(Connection opened, Turns& writers, OnTrouble trouble, Limits bounds)
        : connection(std::move(opened)), turns(writers), on_trouble(std::move(trouble)), limits(bounds) {}

    [[nodiscard]] bool has_grown() const {
        // Fewer than before: the log began anew.
        return wal_pages - (wal_pages < pages_before ? 0 : pages_before) >= limits.pages_between;
    }

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return is_stopping || has_written; });
            if (is_stopping) return;
            if (is_in_trouble) {
                changed.wait_for(lock, kPauseAfterTrouble, [&] { return is_stopping; });
            } else {
                changed.wait_for(lock, kPause, [&] { return is_stopping || has_grown(); });
            }
            if (is_stopping) return;
            has_written = false;
            pages_before = wal_pages;
            lock.unlock();
            const bool is_done = copy();
            lock.lock();
            if (!is_done) has_written = true;
        }
    }

    bool copy() {
        auto in_log = connection.checkpoint(Connection::Checkpoint::Passive);
        if (in_log && *in_log > limits.pages_max) {
            // Again, and each time there is less: so that little is left to copy while the writers wait.
            for (int i = 0; i < kCopiesBefore && in_log; ++i) in_log = connection.checkpoint(Connection::Checkpoint::Passive);
            if (in_log) in_log = begin_anew();
        }
        if (!in_log && !is_in_trouble && on_trouble) on_trouble(in_log.error());
        is_in_trouble = !in_log;
        return !is_in_trouble;
    }

    Result<int> begin_anew() {
        turns.take_first(this);
        auto in_log = connection.checkpoint(Connection::Checkpoint::Restart);
        turns.end();
        return in_log;
    }

    Connection connection;
    Turns& turns;
    OnTrouble on_trouble;
    const Limits limits;
    bool is_in_trouble = false;  // Of the thread alone.

    std::mutex mutex;
    std::condition_variable changed;
    int wal_pages = 0;
    int pages_before = 0;
    bool has_written = false;
    bool is_stopping = false;
    std::thread thread;  // Last: it uses the ones above.
};

Result<std::unique_ptr<Checkpointer>> Checkpointer::start(const std::string& file, Turns& turns, OnTrouble on_trouble) {
    return start(file, turns, std::move(on_trouble), Limits{});
}

Result<std::unique_ptr<Checkpointer>> Checkpointer::start(const std::string& file, Turns& turns, OnTrouble on_trouble,
                                                          Limits limits) {
    auto connection = Connection::open(file, Connection::Mode::ReadWrite, kPatience);
    if (!connection) return connection.error();
    if (auto done = connection->execute("PRAGMA synchronous = FULL"); !done) return done.error();
    auto impl = std::make_unique<Impl>(std::move(*connection), turns, std::move(on_trouble), limits);
    try {
        impl->thread = std::thread(&Impl::run, impl.get());
    } catch (const std::system_error& error) {
        return Error{Errc::Unavailable, std::string("starting the checkpoint thread: ") + error.what()};
    }
    return std::unique_ptr<Checkpointer>(new Checkpointer(std::move(impl)));
}

Checkpointer::Checkpointer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->is_stopping = true;
    }
    impl_->changed.notify_one();
    impl_->thread.join();
}

void Checkpointer::wrote(int wal_pages) {
    bool is_news = false;
    {
        const std::lock_guard lock(impl_->mutex);
        const bool had_grown = impl_->has_grown();
        impl_->wal_pages = wal_pages;
        is_news = !impl_->has_written || (!had_grown && impl_->has_grown());
        impl_->has_written = true;
    }
    if (is_news) impl_->changed.notify_one();
}

}  // namespace tocsin::store
