// When people were paged lately, and for which services: what the limits of storms are measured by.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/model/incident.hpp"

namespace tocsin::store {

/// Keeps what is not older than kKept; no limit looks back further.
class PagingLog {
public:
    static constexpr Duration kKept = std::chrono::hours{24};

    /// A page that was decided, with its incident's service. Those of one step come one after another and count once.
    void add(const Page& page, std::string_view service);

    [[nodiscard]] std::int64_t of_person(std::string_view person, TimePoint since) const { return count(people_, person, since); }
    [[nodiscard]] std::int64_t of_service(std::string_view service, TimePoint since) const {
        return count(services_, service, since);
    }

private:
    using Log = std::unordered_map<std::string, std::deque<TimePoint>>;  // Each in order.
    static std::int64_t count(const Log& log, std::string_view name, TimePoint since);
    static void note(Log& log, std::string_view name, TimePoint at);

    Log people_;
    Log services_;
    std::string last_of_person_;
    std::string last_of_service_;
};

}  // namespace tocsin::store
