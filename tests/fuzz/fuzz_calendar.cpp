// Fuzz target: whatever stands in a calendar file, it is read within bounds, and what comes of it is in order.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/assert.hpp"
#include "rules/calendar/calendar.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin;
    static const auto kZone = Zone::find("America/New_York").value();
    const auto calendar = calendar::read_calendar({reinterpret_cast<const char*>(data), size}, kZone);
    TOCSIN_ASSERT(calendar.events.size() <= calendar::kEventsMax, "the number of events is bounded");
    const std::vector<std::vector<std::string>> people(calendar.events.size(), {"a"});
    TimePoint last = TimePoint::min();
    for (const auto& shift : calendar::shifts_of(calendar.events, people)) {
        TOCSIN_ASSERT(last <= shift.from && shift.from < shift.until, "shifts rise and do not overlap");
        last = shift.until;
    }
    return 0;
}
