#include "daemon/app/notices.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/engine/silence_notice.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

/// A clock may step and a machine may sleep: what is due is never looked for later than this.
constexpr Duration kLookAgain = std::chrono::seconds{30};
constexpr Duration kSoonest = std::chrono::milliseconds{50};
constexpr std::size_t kLatelyMax = 1'000;

/// What is open, and the newest of the rest.
Result<std::vector<Incident>> read_incidents(StoreReader& reader) {
    IncidentFilter open;
    open.only_open = true;
    open.limit = kLatelyMax;
    auto found = reader.incidents(open);
    if (!found) return found.error();
    IncidentFilter resolved;
    resolved.state = IncidentState::Resolved;
    resolved.limit = kLatelyMax;
    auto lately = reader.incidents(resolved);
    if (!lately) return lately.error();
    std::move(lately->begin(), lately->end(), std::back_inserter(*found));
    return found;
}

}  // namespace

void Notices::look() {
    const auto now = outside_.clock.now();
    const auto rulebook = outside_.rulebook();
    const auto arrangements = outside_.arrangements();
    tell_of_silences(rulebook->roster(), *arrangements, now);
    auto changes = engine::shift_changes(rulebook->roster(), *arrangements, now);
    if (!changes.empty() && !is_reading_) tell_of_shifts(std::move(changes), now);
    look_again(now);
}

void Notices::tell_of_silences(const Roster& roster, const Arrangements& arrangements, TimePoint now) {
    if (outside_.told_before.count() == 0) return;
    for (const auto& made : arrangements.silences) {
        const bool is_due = made.is_to_come(now) && made.until - outside_.told_before <= now;
        // One that was short from the beginning needs no word before its end.
        const bool is_long = made.until - made.from > outside_.told_before;
        if (!is_due || !is_long || arrangements.was_told(engine::told_of(made))) continue;
        outside_.send({runtime::Tell{engine::told_of(made), engine::silence_notice(made, roster, now)}});
    }
}

void Notices::tell_of_shifts(std::vector<engine::ShiftChange> changes, TimePoint now) {
    is_reading_ = true;
    auto incidents = std::make_shared<std::vector<Incident>>();
    outside_.run_blocking(
        [incidents, &reader = outside_.reader] {
            auto read = read_incidents(reader);
            if (read) *incidents = std::move(*read);
            // Who is on call is told all the same, without what is open.
            if (!read) log::error(log::Event::StoreFailed, read.error().in("summing up a shift").message());
        },
        [this, incidents, changes = std::move(changes), now] {
            is_reading_ = false;
            const auto rulebook = outside_.rulebook();
            for (const auto& change : changes) {
                outside_.send({runtime::Tell{change.told(), engine::shift_notices(change, *incidents, rulebook->roster(), now)}});
            }
        });
}

void Notices::look_again(TimePoint now) {
    const auto rulebook = outside_.rulebook();
    auto wait = kLookAgain;
    if (const auto change = engine::next_shift_change(rulebook->roster(), now, now + kLookAgain)) {
        wait = std::clamp(*change - now, kSoonest, kLookAgain);
    }
    outside_.after(wait, [this, turn = ++looks_] {
        if (turn == looks_) look();
    });
}

}  // namespace tocsin::app
