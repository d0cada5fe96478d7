#include "core/runtime/outbox.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/engine/digest.hpp"

namespace tocsin::runtime {

Outbox::Outbox(Notifier& notifier, Probe& probe, const Clock& clock, EngineLoop::Post post, Report report)
    : notifier_(notifier), probe_(probe), clock_(clock), post_(std::move(post)), report_(std::move(report)) {}

void Outbox::take(std::vector<Notification> pages, std::vector<Overtaken> overtaken) {
    post_([this, pages = std::move(pages), overtaken = std::move(overtaken)]() mutable {
        drop(overtaken);
        add(std::move(pages));
        send_waiting();
    });
}

void Outbox::add(std::vector<Notification> pages) {
    for (auto& notification : pages) {
        if (held_.insert(notification.page.id).second) waiting_.push_back(std::move(notification));
    }
}

void Outbox::drop(const std::vector<Overtaken>& overtaken) {
    if (overtaken.empty() || waiting_.empty()) return;
    const auto is_called_off = [&](const Page& page) {
        return std::any_of(overtaken.begin(), overtaken.end(), [&](const Overtaken& one) { return overtakes(one, page); });
    };
    const auto is_overtaken = [&](Notification& n) {
        std::erase_if(n.held, [&](const HeldPage& held) { return is_called_off(held.page); });
        if (!is_called_off(n.page)) return false;
        held_.erase(n.page.id);
        return true;
    };
    std::erase_if(waiting_, is_overtaken);
}

void Outbox::send_waiting() {
    while (!is_stopping_ && under_way_ < limits::kParallelSendsMax && !waiting_.empty()) {
        auto notification = std::move(waiting_.front());
        waiting_.pop_front();
        if (notification.page.lease_until <= clock_.now()) {
            // Queued for longer than the lease: it is in the store, and whoever claims it next sends it.
            held_.erase(notification.page.id);
            continue;
        }
        send(std::move(notification));
    }
}

void Outbox::send(Notification notification) {
    if (notification.page.is_digest()) {
        if (notification.held.empty()) return has_nothing_to_say(notification);
        notification.incident = engine::words_of(notification.held);
    }
    ++under_way_;
    const auto deadline = clock_.monotonic() + limits::kSendTimeout;
    notifier_.send(notification, deadline,
                   [this, notification](Result<Receipt> outcome) { ended(notification, std::move(outcome)); });
}

/// All that the digest held was answered meanwhile: the engine takes note, nobody is told.
void Outbox::has_nothing_to_say(const Notification& digest) {
    held_.erase(digest.page.id);
    report_(AttemptMessage{digest, Error{Errc::Cancelled, "nothing is left to say"}});
}

void Outbox::ended(const Notification& notification, Result<Receipt> outcome) {
    --under_way_;
    held_.erase(notification.page.id);
    const auto since_decided = std::max(clock_.now() - notification.page.decided_at, Duration{0});
    probe_.page_attempted(notification.page, outcome ? Result<void>{} : Result<void>{outcome.error()}, since_decided);
    report_(AttemptMessage{notification, std::move(outcome)});
    if (is_stopping_) {
        if (under_way_ == 0) std::exchange(on_idle_, [] {})();
        return;
    }
    post_([this] { send_waiting(); });  // Not from here: a notifier that answers at once would nest without end.
}

void Outbox::stop(std::function<void()> on_idle) {
    is_stopping_ = true;
    waiting_.clear();
    if (under_way_ == 0) return on_idle();
    on_idle_ = std::move(on_idle);
}

}  // namespace tocsin::runtime
