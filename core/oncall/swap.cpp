#include "core/oncall/swap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin::oncall {
namespace {

/// A shift that began longer ago is swapped from then on only if it is still to come.
constexpr Duration kLookBack = std::chrono::weeks{5};

std::string_view on_call_as(Role role) { return role == Role::Primary ? "on call" : to_string(role); }

Error not_found(std::string message) { return Error{Errc::NotFound, std::move(message)}; }

}  // namespace

Result<Swap> swap(const Schedule& schedule, std::string_view with, TimePoint at, TimePoint now, Role role) {
    const auto horizon = at + kSwapHorizon;
    const auto all = shifts(schedule, std::max(now, at - kLookBack), horizon, role);
    const auto first = std::find_if(all.begin(), all.end(), [at](const Shift& s) { return s.from <= at && at < s.until; });
    if (first == all.end())
        return not_found(fmt::format("nobody is {} in {} at {}", on_call_as(role), schedule.id, format_utc(at)));
    if (first->duty.person == with) {
        return not_found(fmt::format("{} is {} in {} at {} already: name an instant of the other's shift", with, on_call_as(role),
                                     schedule.id, format_utc(at)));
    }
    if (first->until == horizon) {
        return not_found(fmt::format("the shift of {} in {} has no end within {}: make an override instead", first->duty.person,
                                     schedule.id, format_duration(kSwapHorizon)));
    }
    const auto second = std::find_if(first, all.end(), [with](const Shift& s) { return s.duty.person == with; });
    if (second == all.end() || second->until == horizon) {
        return not_found(fmt::format("{} has no whole shift in {} in the {} after {}: make an override instead", with,
                                     schedule.id, format_duration(kSwapHorizon), format_utc(at)));
    }
    return Swap{*first, *second};
}

}  // namespace tocsin::oncall
