#include "tests/support/receiver.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {
namespace {

constexpr auto kForever = std::chrono::hours{1};

Received to_received(HttpMessage message) {
    const auto words = split(message.first_line, ' ');
    Received received{std::string(words.at(0)), std::string(words.size() > 1 ? words[1] : ""), {}, {}, monotonic_now()};
    received.headers = std::move(message.headers);
    received.body = std::move(message.body);
    return received;
}

}  // namespace

boost::json::value Received::json() const {
    boost::json::error_code broken;
    auto value = boost::json::parse(body, broken);
    return broken ? boost::json::value() : value;
}

std::string Received::person() const {
    const auto page_and_incident = json();
    const auto* members = page_and_incident.if_object();
    const auto* page = members == nullptr ? nullptr : members->if_contains("page");
    return page == nullptr ? std::string() : member(*page, "person");
}

Receiver::Receiver() : listener_(Socket::listening()), acceptor_([this] { accept_all(); }) {}

Receiver::~Receiver() {
    {
        const std::lock_guard lock(mutex_);
        is_stopped_ = true;
        // Wakes the threads that wait in accept() and poll(); the descriptors stay valid until they are joined.
        ::shutdown(listener_.descriptor(), SHUT_RDWR);
        for (auto& connection : connections_) ::shutdown(connection.socket.descriptor(), SHUT_RDWR);
    }
    changed_.notify_all();
    acceptor_.join();
    for (auto& connection : connections_) connection.thread.join();
    for (const auto& page : waiting_)
        ADD_FAILURE() << "nobody expected this page: " << page.method << " " << page.target << " " << page.body;
}

std::string Receiver::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(listener_.port()) + std::string(path);
}

void Receiver::answer(std::function<Reply(const Received&)> how) {
    const std::lock_guard lock(mutex_);
    how_ = std::move(how);
}

std::optional<Received> Receiver::next(Duration patience) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, patience, [this] { return !waiting_.empty(); })) return {};
    auto received = std::move(waiting_.front());
    waiting_.pop_front();
    return received;
}

bool Receiver::stays_quiet_for(Duration patience) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, patience, [this] { return !waiting_.empty(); });
}

void Receiver::ignore_the_rest() {
    const std::lock_guard lock(mutex_);
    is_ignoring_ = true;
    waiting_.clear();
}

std::size_t Receiver::received() const {
    const std::lock_guard lock(mutex_);
    return received_;
}

void Receiver::accept_all() {
    while (true) {
        auto socket = listener_.accepted();
        const std::lock_guard lock(mutex_);
        if (is_stopped_ || !socket.is_open()) return;
        auto& connection = connections_.emplace_back();
        connection.socket = std::move(socket);
        connection.thread = std::thread([this, &connection] { serve(connection.socket); });
    }
}

void Receiver::serve(const Socket& socket) {
    const auto by = monotonic_now() + kForever;
    std::string came;
    while (true) {
        std::optional<HttpMessage> request;
        while (!(request = take_message(came))) {
            if (!socket.read(came, by)) return;
        }
        const auto reply = take(to_received(std::move(*request)));
        if (reply.delay > Duration{0} && is_stopped_after(reply.delay)) return;
        HttpMessage answer{"HTTP/1.1 " + std::to_string(reply.status) + " As Told", reply.headers, reply.body};
        if (!socket.write(to_bytes(answer), by)) return;
    }
}

Reply Receiver::take(Received request) {
    const std::lock_guard lock(mutex_);
    auto reply = how_ ? how_(request) : Reply{};
    ++received_;
    if (!is_ignoring_) waiting_.push_back(std::move(request));
    changed_.notify_all();
    return reply;
}

bool Receiver::is_stopped_after(Duration delay) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, delay, [this] { return is_stopped_; });
}

}  // namespace tocsin::test
