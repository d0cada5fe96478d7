#include "core/engine/shadows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/paging.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {

std::vector<Page> notices_for_shadows(std::span<const Target> targets, std::span<const Page> pages, const Roster& roster,
                                      const Page& like, TimePoint now) {
    std::vector<Recipient> to;
    for (const auto& target : targets) {
        const auto* schedule = target.kind == Target::Kind::Schedule ? roster.schedule(target.id) : nullptr;
        if (schedule == nullptr) continue;
        for (const auto& duty : oncall::crew(*schedule, now).shadows) {
            const auto* person = roster.person(duty.person);
            const bool is_told =
                std::any_of(pages.begin(), pages.end(), [&](const Page& page) { return page.person == duty.person; }) ||
                std::any_of(to.begin(), to.end(), [&](const Recipient& other) { return other.person == person; });
            if (person == nullptr || is_told) continue;
            to.push_back({person, fmt::format("shadow in {} ({})", schedule->id, duty.by)});
        }
    }
    auto notice = like;
    notice.urgency = Urgency::Notice;
    return notices_for(to, notice, now);
}

}  // namespace tocsin::engine
