// One thread for what blocks: reading the store for people, compiling a rulebook.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tocsin::app {

/// At the priority of the other threads: one that yields to them keeps the locks that it holds (the allocator's, the kernel's on
/// the address space) for as long as they are busy, and they wait for those. With nice 15 a reload of 10,000 rules held up posts
/// for 390 ms.
class Worker {
public:
    /// `post` runs a function on the io thread.
    explicit Worker(std::function<void(std::function<void()>)> post);
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
    void work_until_stopped();

    std::function<void(std::function<void()>)> post_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Job> jobs_;
    bool is_stopping_ = false;
    std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace tocsin::app
