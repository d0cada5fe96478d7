#include "daemon/store/paging_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tocsin::store {

void PagingLog::add(const Page& page, std::string_view service) {
    if (page.urgency != Urgency::Page || page.state == PageState::Digested) return;
    auto step =
        page.is_digest() ? page.digest : fmt::format("{}-{}-{}-{}", page.incident.value, page.cycle, page.round, page.step);
    auto paging = fmt::format("{}-{}", step, page.person);
    if (paging != std::exchange(last_of_person_, paging)) note(people_, page.person, page.decided_at);
    if (page.is_digest()) return;
    if (step != std::exchange(last_of_service_, step)) note(services_, service, page.decided_at);
}

void PagingLog::note(Log& log, std::string_view name, TimePoint at) {
    auto& times = log[std::string(name)];
    times.insert(std::upper_bound(times.begin(), times.end(), at), at);  // At the end, but for a clock that was set back.
    while (times.front() + kKept < times.back()) times.pop_front();
}

std::int64_t PagingLog::count(const Log& log, std::string_view name, TimePoint since) {
    const auto found = log.find(std::string(name));
    if (found == log.end()) return 0;
    return std::distance(std::lower_bound(found->second.begin(), found->second.end(), since), found->second.end());
}

}  // namespace tocsin::store
