// The io loop: one thread runs all sockets, timers and posted functions. Keeps Asio out of everybody else's headers.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>

#include "core/base/time.hpp"

namespace boost::asio {
class io_context;
}

namespace tocsin::http {

class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Runs until stop(); on the caller's thread, which becomes the loop's.
    void run();
    /// From any thread.
    void stop();
    /// Runs `what` on the loop's thread, soon; from any thread.
    void post(std::function<void()> what);
    /// Runs `what` on the loop's thread after `delay`, unless the loop is stopped first. On the loop's thread only.
    void after(Duration delay, std::function<void()> what);
    /// Calls `on_signal` on the loop's thread for each of these signals, as often as they come.
    void on_signals(std::initializer_list<int> signals, std::function<void(int)> on_signal);

    /// Calls `on_readable` on the loop's thread whenever there is something to be read from the descriptor, which must not block;
    /// the loop closes it in the end.
    void on_readable(int descriptor, std::function<void()> on_readable);

    [[nodiscard]] boost::asio::io_context& context();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::http
