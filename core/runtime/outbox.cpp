#include "core/runtime/outbox.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/engine/digest.hpp"
#include "core/engine/relay.hpp"

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
        if (!held_.insert(notification.page.id).second) continue;
        if (notification.page.is_relay()) {
            relays_.add(std::move(notification));
        } else {
            waiting_.push_back(std::move(notification));
        }
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
    const auto pages_under_way = [this] { return under_way_ - relays_.under_way(); };
    while (!is_stopping_ && pages_under_way() < limits::kParallelSendsMax && !waiting_.empty()) {
        auto notification = std::move(waiting_.front());
        waiting_.pop_front();
        if (is_ours(notification.page)) send(std::move(notification));
    }
    send_relays();
}

void Outbox::send_relays() {
    while (!is_stopping_) {
        auto relay = relays_.next();
        if (!relay) return;
        const auto& page = relay->page;
        const bool is_to_leave = is_ours(page);
        if (is_to_leave && !engine::is_pointless(page, relay->incident)) {
            send(std::move(*relay));
            continue;
        }
        relays_.ended(page);
        if (is_to_leave) end_unsent(*relay, engine::pointless());
    }
}

bool Outbox::is_ours(const Page& page) {
    if (page.lease_until > clock_.now()) return true;
    held_.erase(page.id);
    return false;
}

void Outbox::send(Notification notification) {
    if (notification.page.is_digest()) {
        if (notification.held.empty()) {  // All that it held was answered meanwhile.
            return end_unsent(notification, Error{Errc::Cancelled, "nothing is left to say"});
        }
        notification.incident = engine::words_of(notification.held);
    }
    ++under_way_;
    const auto deadline = clock_.monotonic() + limits::kSendTimeout;
    notifier_.send(notification, deadline,
                   [this, notification](Result<Receipt> outcome) { ended(notification, std::move(outcome)); });
}

void Outbox::end_unsent(const Notification& notification, Error why) {
    held_.erase(notification.page.id);
    report_(AttemptMessage{notification, std::move(why)});
}

void Outbox::ended(const Notification& notification, Result<Receipt> outcome) {
    --under_way_;
    held_.erase(notification.page.id);
    if (notification.page.is_relay()) relays_.ended(notification.page);
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
    relays_.clear();
    if (under_way_ == 0) return on_idle();
    on_idle_ = std::move(on_idle);
}

}  // namespace tocsin::runtime
