#include "daemon/app/worker.hpp"

#include <utility>

namespace tocsin::app {

Worker::Worker(std::function<void(std::function<void()>)> post)
    : post_(std::move(post)), thread_([this] { work_until_stopped(); }) {}

Worker::~Worker() { stop(); }

void Worker::stop() {
    std::deque<Job> dropped;  // Freed after the lock: what a job holds may come back here when it goes.
    {
        const std::lock_guard lock{mutex_};
        is_stopping_ = true;
        dropped.swap(jobs_);
    }
    came_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Worker::run(std::function<void()> work, std::function<void()> done) {
    {
        const std::lock_guard lock{mutex_};
        if (is_stopping_) return;
        jobs_.push_back({std::move(work), std::move(done)});
    }
    came_.notify_one();
}

void Worker::work_until_stopped() {
    while (true) {
        std::unique_lock lock{mutex_};
        came_.wait(lock, [this] { return is_stopping_ || !jobs_.empty(); });
        if (is_stopping_) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job.work();
        post_(std::move(job.done));
    }
}

}  // namespace tocsin::app
