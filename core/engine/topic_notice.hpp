// A notice about a topic of its own instead of an incident.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "core/model/person.hpp"

namespace tocsin::engine {

struct TopicNotice {
    std::string topic;  ///< A part of the idempotency key.
    std::string text;   ///< The first line is the subject.
    Reason reason = Reason::Noticed;
    std::string why;
};

/// By the person's rule for notices, outside of quiet hours.
[[nodiscard]] std::vector<Page> notices_to(const Person& person, TopicNotice notice, TimePoint now);

/// "2026-03-08 20:00 (America/New_York)", as the person's clock shows it.
[[nodiscard]] std::string time_for(const Person& person, TimePoint t);

}  // namespace tocsin::engine
