#include "core/runtime/engine_loop.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/runtime/batch.hpp"

namespace tocsin::runtime {
namespace {

/// After the store refused: nothing is tried before so long, so that a full disk does not spin us.
constexpr Duration kRefusedPause = std::chrono::milliseconds{200};
constexpr Duration kComeAgain = std::chrono::seconds{1};

}  // namespace

struct EngineLoop::Impl {
    Store& store;
    PageSink& sink;
    Probe& probe;
    const Clock& clock;
    CurrentRoster roster;
    Post post;
    EngineLoopOptions options;
    Rng rng;
    Mailbox mailbox{limits::kMailboxMessagesMax};

    std::vector<Message> messages{};
    /// Of a batch that could not be committed: outcomes of attempts and due incidents, which nobody else would bring again.
    std::vector<Message> carried{};
    std::vector<IncidentId> woken{};
    std::vector<std::string> due_watches{};
    std::optional<MonotonicPoint> pause_until{};
    std::optional<MonotonicPoint> refuses_since{};  ///< The first of the commits that failed in a row.
    std::shared_ptr<const Arrangements> arrangements = std::make_shared<const Arrangements>();

    /// One for each message, in their order.
    using Answers = std::vector<Result<Answer>>;

    void refused(std::size_t count, const Error& error) {
        probe.commit_failed(count, error);
        const auto since = clock.monotonic();
        pause_until = since + kRefusedPause;
        if (!refuses_since) refuses_since = since;
    }

    /// Whoever beat while nothing could be stored was sent away: that is known to the batch that can be stored again.
    void forgive_heartbeats() {
        if (!refuses_since || clock.monotonic() - *refuses_since < limits::kDeafAfter) return;
        const auto is_known = [](const Message& message) { return std::holds_alternative<WatchesMessage>(message.what); };
        if (std::any_of(messages.begin(), messages.end(), is_known)) return;
        messages.push_back({WatchesMessage{WatchesMessage::Why::Deaf}, {}});
    }

    [[nodiscard]] std::optional<MonotonicPoint> wait_until() {
        if (pause_until) return pause_until;
        if (!carried.empty() || !woken.empty()) return MonotonicPoint{};
        const auto due = store.next_due();
        if (!due) {
            refused(0, due.error().in("asking what is due next"));
            return pause_until;
        }
        if (!*due) return std::nullopt;
        return clock.monotonic() + std::max(**due - clock.now(), Duration{0});
    }

    void claim_pages(TimePoint now) {
        auto pages = store.claim_due_pages({options.node, now, now + limits::kLease, limits::kClaimMax});
        if (!pages) return refused(0, pages.error().in("claiming due pages"));
        const auto current = roster();
        const auto is_stale = [&](const Notification& n) {
            const bool is_late = engine::lateness(n.page.due_at, *current, now) == engine::Lateness::Stale;
            if (is_late && engine::may_be_held(n.incident, n.page)) carried.push_back({StaleMessage{n.page}, {}});
            return is_late && engine::may_be_held(n.incident, n.page);
        };
        std::erase_if(*pages, is_stale);
        if (!pages->empty()) sink.take(std::move(*pages), {});
    }

    void claim_incidents(TimePoint now) {
        if (!woken.empty()) return;
        auto due = store.claim_due_incidents({options.node, now, now + limits::kLease, limits::kClaimMax});
        if (!due) return refused(0, due.error().in("claiming due incidents"));
        woken = std::move(*due);
    }

    void find_due_watches(TimePoint now) {
        auto due = store.due_watches(now);
        if (!due) return refused(0, due.error().in("asking which watches are due"));
        due_watches = std::move(*due);
    }

    /// Everything that waits becomes one transaction; true if there was anything.
    bool step() {
        const auto now = clock.now();
        probe.mailbox_depth(messages.size());
        claim_incidents(now);
        find_due_watches(now);
        if (!carried.empty()) {
            std::move(messages.begin(), messages.end(), std::back_inserter(carried));
            messages = std::exchange(carried, {});
        }
        forgive_heartbeats();
        const bool has_work = !messages.empty() || !woken.empty() || !due_watches.empty();
        if (has_work) commit_batch(now);
        messages.clear();
        if (!pause_until) claim_pages(now);
        return has_work;
    }

    void commit_batch(TimePoint now) {
        Answers answers;
        answers.reserve(messages.size());
        const auto committed = try_batch(now, answers);
        if (!committed) {
            refused(messages.size(), committed.error());
            keep_what_only_we_know();
            answers.assign(messages.size(), come_again(committed.error()));
        }
        give(std::move(answers));
    }

    /// One post for all of them: the io thread is woken once a batch.
    void give(Answers answers) {
        std::vector<std::pair<OnAnswer, Result<Answer>>> given;
        given.reserve(answers.size());
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (messages[i].on_answer) given.emplace_back(std::move(messages[i].on_answer), std::move(answers[i]));
        }
        if (given.empty()) return;
        post([given = std::move(given)]() mutable {
            for (auto& [on_answer, answer] : given) on_answer(std::move(answer));
        });
    }

    static Result<Answer> come_again(const Error& error) {
        return Error{Errc::Unavailable, error.message(), Retry::after(kComeAgain)};
    }

    void keep_what_only_we_know() {
        for (auto& message : messages) {
            const bool is_ours = std::holds_alternative<AttemptMessage>(message.what) ||
                                 std::holds_alternative<StaleMessage>(message.what) ||
                                 std::holds_alternative<WatchesMessage>(message.what);
            if (is_ours) carried.push_back(message);
        }
    }

    Result<void> try_batch(TimePoint now, Answers& answers) {
        std::vector<IncidentRef> refs;
        refs.reserve(messages.size() + woken.size());
        for (const auto& message : messages) add_refs(message, now, refs);
        for (const auto id : woken) refs.push_back(ref_of(id));
        for (const auto& key : due_watches) refs.push_back(ref_of_watch(key));
        auto locked = store.lock(refs);
        if (!locked) return locked.error().in("locking the incidents of a batch");

        const auto current = roster();
        Batch batch{{*current, now, options.node, rng, [this] { return next_incident_id(); }, store, *arrangements,
                     options.silencing, options.two_way},
                    std::move(*locked)};
        for (const auto id : woken) batch.wake(id);
        for (auto& message : messages) {
            auto answer = batch.apply(message);
            if (!answer && !is_of_message(answer.error())) {
                store.roll_back();
                return answer.error();
            }
            answers.push_back(std::move(answer));
        }
        // After the messages: a beat that came in time counts, however late it is looked at.
        for (const auto& key : due_watches) {
            if (auto done = batch.wake_watch(key); !done) {
                store.roll_back();
                return done.error();
            }
        }
        if (const auto& asked = batch.asked(); !asked) {
            store.roll_back();
            return asked.error();
        }
        return commit(batch, now);
    }

    void arrange(Arrangements arranged) {
        arrangements = std::make_shared<const Arrangements>(std::move(arranged));
        if (options.on_arranged) options.on_arranged(arrangements);
    }

    Result<IncidentId> next_incident_id() {
        const auto ids = store.reserve_ids({1, 0, 0});
        if (!ids) return ids.error().in("numbering an incident");
        return IncidentId{ids->first_incident};
    }

    Result<void> commit(Batch& batch, TimePoint now) {
        const auto ids =
            store.reserve_ids({0, static_cast<std::int64_t>(batch.new_alerts()), static_cast<std::int64_t>(batch.new_pages())});
        if (!ids) {
            store.roll_back();
            return ids.error().in("numbering alerts and pages");
        }
        const auto writes = batch.finish({ids->first_alert, ids->first_page, now + limits::kLease});
        const auto began = clock.monotonic();
        auto committed = store.commit(writes);
        if (!committed) return committed.error().in("committing a batch");
        probe.committed(messages.size(), clock.monotonic() - began);
        woken.clear();
        due_watches.clear();
        refuses_since.reset();
        if (auto arranged = batch.take_arranged()) arrange(std::move(*arranged));
        for (const auto& entry : writes.timeline) {
            if (const auto* about = batch.incident(entry.incident)) probe.happened(entry, *about);
        }
        auto pages = batch.leaving(writes);
        if (!pages.empty() || !writes.overtaken.empty()) sink.take(std::move(pages), writes.overtaken);
        return {};
    }
};

EngineLoop::EngineLoop(Store& store, PageSink& sink, Probe& probe, const Clock& clock, CurrentRoster roster, Post post,
                       EngineLoopOptions options)
    : impl_(new Impl{store, sink, probe, clock, std::move(roster), std::move(post), options, Rng{options.seed}}) {}

EngineLoop::~EngineLoop() = default;

Mailbox& EngineLoop::mailbox() { return impl_->mailbox; }

Result<void> EngineLoop::start() {
    auto released = impl_->store.release_leases(impl_->options.node);
    if (!released) return released.error().in("giving back the leases of an earlier run");
    auto arranged = impl_->store.arrangements(impl_->clock.now());
    if (!arranged) return arranged.error();
    impl_->arrange(std::move(*arranged));
    (void)impl_->mailbox.post_always({WatchesMessage{WatchesMessage::Why::Deaf}, {}});  // It cannot be closed yet.
    return {};
}

void EngineLoop::run() {
    while (turn()) {
    }
}

bool EngineLoop::turn() {
    const auto until = impl_->wait_until();
    const bool is_on = impl_->mailbox.take(impl_->messages, limits::kBatchMessagesMax, until);
    if (!is_on && impl_->carried.empty()) return false;
    impl_->pause_until.reset();
    (void)impl_->step();
    return is_on;
}

bool EngineLoop::turn_now() {
    (void)impl_->mailbox.take_now(impl_->messages, limits::kBatchMessagesMax);
    impl_->pause_until.reset();
    return impl_->step();
}

}  // namespace tocsin::runtime
