// One thread for what blocks: reading the store for people, compiling a rulebook.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tocsin::app {

class Worker {
public:
    enum class Pace : std::uint8_t {
        Normal,
        Yielding,  ///< Leaves the processor to the other threads when they want it.
    };

    /// `post` runs a function on the io thread.
    explicit Worker(std::function<void(std::function<void()>)> post, Pace pace = Pace::Normal);
    /// Stops.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// From any thread: `work` on the worker's thread, then `done` on the io thread.
    void run(std::function<void()> work, std::function<void()> done);
    /// Waits for what is being done; what is queued is dropped, as is everything from now on.
    void stop();

private:
    struct Job {
        std::function<void()> work;
        std::function<void()> done;
    };
    void work_until_stopped(Pace pace);

    std::function<void(std::function<void()>)> post_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Job> jobs_;
    bool is_stopping_ = false;
    std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace tocsin::app
