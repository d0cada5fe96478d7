#include "core/runtime/mailbox.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tocsin::runtime {

Mailbox::Posted Mailbox::post(Message& message) {
    {
        const std::lock_guard lock{mutex_};
        if (is_closed_) return Posted::Closed;
        if (waiting_.size() >= messages_max_) return Posted::Full;
        waiting_.push_back(std::move(message));
        if (waiting_.size() > 1) return Posted::Taken;  // The engine was woken for the first already.
    }
    came_.notify_one();
    return Posted::Taken;
}

bool Mailbox::post_always(Message message) {
    {
        const std::lock_guard lock{mutex_};
        if (is_closed_) return false;
        waiting_.push_back(std::move(message));
    }
    came_.notify_one();
    return true;
}

bool Mailbox::take(std::vector<Message>& into, std::size_t limit, std::optional<MonotonicPoint> by) {
    std::unique_lock lock{mutex_};
    const auto is_news = [this] { return !waiting_.empty() || is_closed_; };
    if (by) {
        came_.wait_until(lock, *by, is_news);
    } else {
        came_.wait(lock, is_news);
    }
    return move_out(into, limit);
}

bool Mailbox::take_now(std::vector<Message>& into, std::size_t limit) {
    const std::lock_guard lock{mutex_};
    return move_out(into, limit);
}

bool Mailbox::move_out(std::vector<Message>& into, std::size_t limit) {
    into.clear();
    if (waiting_.size() <= limit) {
        std::swap(into, waiting_);
    } else {
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(limit);
        std::move(waiting_.begin(), end, std::back_inserter(into));
        waiting_.erase(waiting_.begin(), end);
    }
    return !into.empty() || !is_closed_;
}

void Mailbox::close() {
    {
        const std::lock_guard lock{mutex_};
        is_closed_ = true;
    }
    came_.notify_all();
}

std::size_t Mailbox::depth() const {
    const std::lock_guard lock{mutex_};
    return waiting_.size();
}

bool Mailbox::is_full() const {
    const std::lock_guard lock{mutex_};
    return is_closed_ || waiting_.size() >= messages_max_;
}

}  // namespace tocsin::runtime
