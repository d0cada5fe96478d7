// The door between the io thread and the engine thread; it holds the only mutex of the hot path.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "core/runtime/message.hpp"

namespace tocsin::runtime {

class Mailbox {
public:
    explicit Mailbox(std::size_t messages_max) : messages_max_(messages_max) {}

    enum class Posted : std::uint8_t { Taken, Full, Closed };
    /// From any thread. Anything but Taken leaves `message` as it was: the sender is told to come again.
    [[nodiscard]] Posted post(Message& message);
    /// The same without the bound, for what must not be lost: the outcome of an attempt. False once closed.
    bool post_always(Message message);

    /// All that waits (at most `limit`), into `into`, which is cleared first. Waits until there is something, `by`, or close().
    /// False once it is closed and empty.
    bool take(std::vector<Message>& into, std::size_t limit, std::optional<MonotonicPoint> by);
    /// The same without waiting.
    bool take_now(std::vector<Message>& into, std::size_t limit);
    /// Takes nothing new; what waits is still given out.
    void close();

    [[nodiscard]] std::size_t depth() const;
    /// Whether post() would have said Full or Closed a moment ago: for refusing early, before work is done.
    [[nodiscard]] bool is_full() const;

private:
    bool move_out(std::vector<Message>& into, std::size_t limit);

    const std::size_t messages_max_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::vector<Message> waiting_;
    bool is_closed_ = false;
};

}  // namespace tocsin::runtime
