// The outbox: hands committed pages to the notifier, a bounded number at once, and reports each outcome to the engine.
#pragma once

#include <deque>
#include <functional>
#include <unordered_set>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/notifier.hpp"
#include "core/ports/probe.hpp"
#include "core/runtime/engine_loop.hpp"
#include "core/runtime/relay_lane.hpp"

namespace tocsin::runtime {

/// Home: the io thread, but for take(), which posts itself there.
class Outbox final : public PageSink {
public:
    /// `report` puts an outcome into the engine's mailbox.
    using Report = std::function<void(AttemptMessage)>;

    Outbox(Notifier& notifier, Probe& probe, const Clock& clock, EngineLoop::Post post, Report report);

    void take(std::vector<Notification> pages, std::vector<Overtaken> overtaken) override;

    /// Begins no new attempt; `on_idle` is called once none is under way. What has not left stays in the store.
    void stop(std::function<void()> on_idle);

    [[nodiscard]] std::size_t waiting() const { return waiting_.size() + relays_.waiting(); }

private:
    void add(std::vector<Notification> pages);
    void drop(const std::vector<Overtaken>& overtaken);
    void send_waiting();
    void send_relays();
    /// False if it waited for longer than its lease: then it is in the store, and whoever claims it next sends it.
    [[nodiscard]] bool is_ours(const Page& page);
    void send(Notification notification);
    /// The engine takes note, nobody is told.
    void end_unsent(const Notification& notification, Error why);
    void ended(const Notification& notification, Result<Receipt> outcome);

    Notifier& notifier_;
    Probe& probe_;
    const Clock& clock_;
    EngineLoop::Post post_;
    Report report_;
    std::deque<Notification> waiting_;
    std::unordered_set<PageId> held_;  ///< Waiting or under way: a page whose lease we let run out is not taken twice.
    std::size_t under_way_ = 0;        ///< Relays too.
    RelayLane relays_;
    bool is_stopping_ = false;
    std::function<void()> on_idle_;
};

}  // namespace tocsin::runtime
