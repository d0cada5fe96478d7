#include "tests/simulation/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/oncall/with_overrides.hpp"

namespace tocsin::simulation {
namespace {

constexpr auto kTurnAfterRefusal = std::chrono::milliseconds{200};
constexpr std::size_t kBrokenMax = 20;

}  // namespace

World::World(std::shared_ptr<const Roster> roster, std::uint64_t seed, Faults faults)
    : rulebook_roster_(std::move(roster)), rng_(seed), faults_(faults) {
    start();
}

World::~World() = default;

void World::start() {
    store_ = std::make_unique<FakeStore>(database_);
    store_->refuse_when([this] { return happens(faults_.store_refuses); });
    const auto post_on = [this](std::function<void()> what) { posted_.push_back(std::move(what)); };
    outbox_ = std::make_unique<runtime::Outbox>(*this, *this, clock_, post_on, [this](runtime::AttemptMessage attempt) {
        loop_->mailbox().post_always({std::move(attempt), {}});
    });
    loop_ = std::make_unique<runtime::EngineLoop>(
        *store_, *outbox_, *this, clock_, [this] { return roster_; }, post_on,
        runtime::EngineLoopOptions{"sim", rng_.next(), [this](auto arranged) { take_arranged(std::move(arranged)); },
                                   [this](const Alert& alert, const Verdict& verdict, TimePoint now) {
                                       return silencing_ ? silencing_(alert, verdict, now) : std::optional<Silencing>{};
                                   },
                                   two_way_});
    while (!loop_->start()) {  // A store that refuses at start: systemd starts us again.
    }
}

void World::crash() {
    ++life_;
    may_repeat_.merge(std::exchange(under_way_, {}));
    told_now_.clear();
    for (const auto& [id, page] : database_->pages) {
        // Handed to the dead process, and perhaps sent: the outcome is not on disk.
        if (page.state == PageState::Pending && !page.lease_owner.empty()) may_repeat_.insert(page.key());
    }
    posted_.clear();
    loop_.reset();
    outbox_.reset();
    store_.reset();
    start();
}

void World::post(runtime::Message message) {
    if (happens(faults_.clock_steps)) step_clock();
    if (loop_->mailbox().post(message) != runtime::Mailbox::Posted::Taken) broke("the mailbox is full");
    run_until_still();
}

void World::step_clock() {
    constexpr std::uint64_t kSeconds = 7'200;
    latest_ = std::max(latest_, clock_.wall);
    clock_.wall +=
        std::chrono::seconds{static_cast<std::int64_t>(rng_.below(kSeconds)) - static_cast<std::int64_t>(kSeconds) / 2};
}

void World::fire(Alert alert, Verdict verdict) {
    auto trace = fmt::format("trace-{}", ++traces_);
    runtime::AlertMessage message{std::move(alert), std::move(verdict), "{}", trace};
    post({std::move(message), [this, trace](const Result<runtime::Answer>& answer) {
              if (answer) check_accepted(trace);
          }});
}

void World::fire_and_crash(Alert alert, Verdict verdict) {
    runtime::Message message{runtime::AlertMessage{std::move(alert), std::move(verdict), "{}", "unanswered"}, {}};
    (void)loop_->mailbox().post(message);
    (void)loop_->turn_now();
    crash();
    run_until_still();
}

void World::fire_together(std::vector<Classified> alerts) {
    for (auto& [alert, verdict] : alerts) {
        runtime::Message message{runtime::AlertMessage{std::move(alert), std::move(verdict), "{}", "unanswered"}, {}};
        (void)loop_->mailbox().post(message);
    }
    run_until_still();
}

void World::be_down_for(Duration lasts) {
    clock_.advance(lasts);
    crash();
    run_until_still();
}

void World::fire_and_be_down(Classified alert, Duration lasts) {
    runtime::Message message{runtime::AlertMessage{std::move(alert.first), std::move(alert.second), "{}", "unanswered"}, {}};
    (void)loop_->mailbox().post(message);
    (void)loop_->turn_now();
    be_down_for(lasts);
}

void World::follow_up(Alert alert) { fire(std::move(alert), {}); }

void World::act(IncidentId incident, engine::Event event) {
    touched_.insert(incident);
    post({runtime::ActionMessage{incident, std::move(event)}, {}});
}

void World::merge(IncidentId from, IncidentId into) {
    touched_.insert({from, into});
    post({runtime::MergeMessage{from, into, "person-1"}, {}});
}

void World::split(IncidentId incident, std::vector<std::string> alerts) {
    touched_.insert(incident);
    runtime::Message message{runtime::SplitMessage{incident, std::move(alerts), "person-1"}, {}};
    message.on_answer = [this](const Result<runtime::Answer>& answer) {
        if (answer) touched_.insert(answer->incident->id);
    };
    post(std::move(message));
}

void World::beat(const std::string& heartbeat) { post({runtime::BeatMessage{heartbeat_key(heartbeat)}, {}}); }

void World::drill(const DrillTarget& target) {
    post({runtime::DrillMessage{drill_key(target.id), target, kDrillWithin, "chief"}, {}});
}

void World::change(std::shared_ptr<const Roster> roster) {
    rulebook_roster_ = std::move(roster);
    take_arranged(arrangements_);
    post({runtime::WatchesMessage{runtime::WatchesMessage::Why::RulebookChanged}, {}});
}

std::optional<std::vector<ArrangementId>> World::arrange(runtime::ArrangeMessage message) {
    auto made = std::make_shared<std::optional<std::vector<ArrangementId>>>();
    post({std::move(message), [made](const Result<runtime::Answer>& answer) {
              if (answer) *made = answer->made;
          }});
    return *made;
}

void World::take_arranged(std::shared_ptr<const Arrangements> arranged) {
    arrangements_ = std::move(arranged);
    roster_ = std::make_shared<const Roster>(oncall::with_overrides(*rulebook_roster_, arrangements_->overrides));
}

void World::tell(engine::TwoWay two_way, std::function<void(const Page&)> arrived) {
    two_way_ = std::move(two_way);
    arrived_ = std::move(arrived);
    crash();
}

void World::schedule(Duration after, std::function<void()> what) {
    scheduled_.emplace(clock_.steady + after, [life = life_, this, what = std::move(what)] {
        if (life == life_) what();
    });
}

std::optional<Duration> World::until_next() {
    std::optional<Duration> next;
    const auto consider = [&](Duration wait) { next = std::min(next.value_or(wait), std::max(wait, Duration{0})); };
    for (const auto* planned : {&scheduled_, &outside_}) {
        if (!planned->empty()) consider(std::chrono::ceil<Duration>(planned->begin()->first - clock_.steady));
    }
    const auto due = store_->next_due();
    if (!due || needs_another_turn_) {
        consider(kTurnAfterRefusal);
    } else if (*due) {
        consider(**due - clock_.wall);
    }
    return next;
}

void World::advance(Duration by) {
    const auto end = clock_.steady + by;
    if (loop_->mailbox().depth() > 0) run_until_still();  // What a start says to itself.
    while (true) {
        const auto wait = until_next();
        const auto left = std::chrono::ceil<Duration>(end - clock_.steady);
        if (!wait || *wait > left) {
            clock_.advance(left);
            return;
        }
        clock_.advance(std::max(*wait, Duration{1}));  // Time always goes on, whatever is overdue.
        run_scheduled();
        run_until_still();
    }
}

void World::run_scheduled() {
    for (auto* planned : {&scheduled_, &outside_}) {
        while (!planned->empty() && planned->begin()->first <= clock_.steady) {
            const auto what = std::move(planned->begin()->second);
            planned->erase(planned->begin());
            what();
        }
    }
}

void World::run_posted() {
    while (!posted_.empty()) {
        const auto what = std::move(posted_.front());
        posted_.pop_front();
        what();
    }
}

void World::run_until_still() {
    needs_another_turn_ = false;
    bool is_busy = true;
    while (is_busy) {
        ++steps_;
        is_busy = loop_->turn_now() && !needs_another_turn_;
        if (happens(faults_.crash)) crash();
        run_posted();
        check_safety();
        is_busy = is_busy || loop_->mailbox().depth() > 0;
    }
}

void World::send(Notification notification, Deadline deadline, OnOutcome on_outcome) {
    check_leaving(notification);
    const auto& page = notification.page;
    const auto index = attempts_.size();
    attempts_.push_back({clock_.wall, page.key(), page.person, page.incident, notification.held.size(), false, false});
    under_way_.insert(page.key());
    touched_.insert(page.incident);
    for (const auto& held : notification.held) touched_.insert(held.page.incident);
    const auto ended = [this, index, page, on_outcome = std::move(on_outcome)](const Result<Receipt>& outcome) {
        under_way_.erase(page.key());
        told_now_.erase({page.person, page.address});
        if (outcome) attempts_[index].was_delivered = true;
        if (outcome && page.is_relay()) arrived_(page);
        on_outcome(outcome);
    };
    if (rejections_left_ > 0) {
        --rejections_left_;
        return ended(Error{Errc::Rejected, "no such number"});
    }
    if (happens(faults_.provider_rejects)) return ended(Error{Errc::Rejected, "no such number"});
    if (happens(faults_.provider_fails)) {
        return schedule(Duration{rng_.below(3'000)}, [ended] {
            ended(Error{Errc::Unavailable, "503", Retry::after(std::chrono::seconds{2})});
        });
    }
    if (happens(faults_.provider_hangs)) {
        may_repeat_.insert(page.key());
        attempts_[index].was_ambiguous = true;
        if (page.is_relay() && rng_.one_in(2)) later(Duration{rng_.below(20'000)}, [this, page] { arrived_(page); });
        return schedule(std::chrono::ceil<Duration>(deadline - clock_.steady), [ended] {
            ended(Error{Errc::TimedOut, "no answer", Retry::now()});
        });
    }
    if (rng_.one_in(2)) return ended(Receipt{});
    schedule(Duration{rng_.below(500)}, [ended] { ended(Receipt{}); });
}

std::vector<Incident> World::open_incidents() const {
    std::vector<Incident> open;
    for (const auto& [key, id] : database_->open_by_key) open.push_back(database_->incidents.at(id));
    std::sort(open.begin(), open.end(), [](const Incident& a, const Incident& b) { return a.id < b.id; });
    return open;
}

std::uint64_t World::hash() const {
    std::uint64_t sum = 14'695'981'039'346'656'037ULL;
    const auto add = [&sum](std::string_view text) {
        for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    };
    for (const auto& attempt : attempts_)
        add(fmt::format("{} {} {};", to_unix_ms(attempt.at), attempt.key, attempt.was_delivered));
    for (const auto& [id, entries] : database_->timeline) {
        for (const auto& entry : entries)
            add(fmt::format("{} {} {} {};", id.value, to_unix_ms(entry.at), to_string(entry.reason), entry.detail));
    }
    return sum;
}

void World::broke(std::string what) {
    if (broken_.size() < kBrokenMax) broken_.push_back(fmt::format("{} at {}", what, format_utc(clock_.wall)));
}

}  // namespace tocsin::simulation
