#include "daemon/api/silence_asked.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/intake/own_alert.hpp"
#include "rules/check/made_silence.hpp"

namespace tocsin::api {
namespace {

/// One with windows leaves time out in which it is noticed, so it may hold for longer.
constexpr Duration kRecurringMax = std::chrono::days{90};

check::CheckedSilence checked(const Asked& asked, const SilenceBounds& bounds) {
    check::SilenceNames names{bounds.rulebook.roster(), {}};
    for (const auto& [name, source] : bounds.settings.sources) names.sources.push_back(name);
    names.sources.emplace_back(intake::kOwnSource);
    return check::check_silence({asked.yaml("match"), asked.yaml("during")}, names);
}

}  // namespace

Result<TimePoint> checked_end(const MadeSilence& made, TimePoint until, const SilenceBounds& bounds) {
    if (until <= std::max(bounds.now, made.from)) return Error{Errc::Invalid, "the silence would be over before it begins"};
    const auto longest =
        made.during.empty() ? bounds.settings.silences.longest : std::max(kRecurringMax, bounds.settings.silences.longest);
    const auto from = std::max(bounds.now, made.from);
    if (until - from <= longest) return until;
    return Error{
        Errc::Invalid,
        fmt::format("a silence made at run time holds for {} at most, until {}: make it shorter and extend it when it nears its "
                    "end, or write it into the rulebook{}",
                    format_duration(longest), format_utc(from + longest),
                    made.during.empty() ? "; `silences: { longest: ... }` in tocsin.yaml sets the limit" : "")};
}

Result<WantedSilence> wanted_silence(const Asked& asked, const SilenceBounds& bounds, const std::string& by) {
    auto silence = checked(asked, bounds);
    if (!silence.spec) return Error{Errc::Invalid, silence.mistakes};
    const auto reason = asked.needed("reason", "whoever finds an alert missing wants to know why");
    if (!reason) return reason.error();
    const auto zone = silence.spec->during ? silence.spec->during->zone : Zone{};
    const auto from = asked.instant("from", {zone, bounds.now, bounds.now});
    if (!from) return from.error();
    const auto begins = std::max(bounds.now, from->value_or(bounds.now));
    const auto until = asked.instant("until", {zone, begins, bounds.now});
    if (!until) return until.error();
    if (!*until) return Error{Errc::Invalid, "\"until\" is needed: a silence ends by itself, such as +2h"};

    WantedSilence wanted;
    wanted.made.match = std::move(silence.kept.match);
    wanted.made.during = std::move(silence.kept.during);
    wanted.made.from = begins;
    wanted.made.origin = {asked.by(by), {}, *reason, {}, {}};
    const auto ends = checked_end(wanted.made, **until, bounds);
    if (!ends) return ends.error();
    wanted.made.until = *ends;
    if (silence.is_too_broad) {
        wanted.warnings.emplace_back(
            "it covers nearly everything that its sources send: name the service, or what the alerts have in "
            "common");
    }
    return wanted;
}

}  // namespace tocsin::api
