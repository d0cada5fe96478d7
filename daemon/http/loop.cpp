// The io loop over Asio's io_context.
#include "daemon/http/loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <utility>

namespace tocsin::http {
namespace asio = boost::asio;
namespace {

struct SignalWatch {
    SignalWatch(asio::io_context& context, std::function<void(int)> then) : signals(context), on_signal(std::move(then)) {}
    asio::signal_set signals;
    std::function<void(int)> on_signal;
};

void await_signal(SignalWatch& watch) {
    watch.signals.async_wait([&watch](const boost::system::error_code& ec, int signal) {
        if (ec) return;
        watch.on_signal(signal);
        await_signal(watch);
    });
}

struct Readable {
    Readable(asio::io_context& context, int descriptor, std::function<void()> then)
        : stream(context, descriptor), on_readable(std::move(then)) {}
    asio::posix::stream_descriptor stream;
    std::function<void()> on_readable;
};

void await_readable(Readable& readable) {
    readable.stream.async_wait(asio::posix::stream_descriptor::wait_read, [&readable](const boost::system::error_code& ec) {
        if (ec) return;
        readable.on_readable();
        await_readable(readable);
    });
}

}  // namespace

struct Loop::Impl {
    // Declared before what lives on it. One thread runs it; the hint lets Asio skip the wake-ups of others.
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::list<SignalWatch> watches;
    std::list<Readable> readables;
};

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

void Loop::run() { impl_->context.run(); }

void Loop::stop() { impl_->context.stop(); }

void Loop::post(std::function<void()> what) { asio::post(impl_->context, std::move(what)); }

void Loop::after(Duration delay, std::function<void()> what) {
    auto timer = std::make_unique<asio::steady_timer>(impl_->context, delay);
    auto& waiting = *timer;
    waiting.async_wait([timer = std::move(timer), what = std::move(what)](const boost::system::error_code& ec) {
        if (!ec) what();
    });
}

void Loop::on_signals(std::initializer_list<int> signals, std::function<void(int)> on_signal) {
    auto& watch = impl_->watches.emplace_back(impl_->context, std::move(on_signal));
    for (const int signal : signals) watch.signals.add(signal);
    await_signal(watch);
}

void Loop::on_readable(int descriptor, std::function<void()> on_readable) {
    await_readable(impl_->readables.emplace_back(impl_->context, descriptor, std::move(on_readable)));
}

asio::io_context& Loop::context() { return impl_->context; }

}  // namespace tocsin::http
