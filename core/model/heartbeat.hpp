// What is expected to be heard of regularly, whose silence is the alarm.
#pragma once

#include <string>

#include "core/base/time.hpp"
#include "core/model/severity.hpp"

namespace tocsin {

struct Heartbeat {
    std::string id;
    std::string title;
    std::string source;  ///< The only one that may beat; empty: any.
    Duration every{};
    Duration grace{};  ///< So much later than `every` is still in time.
    std::string service;
    std::string escalation;  ///< Of the service, else the default; may be empty.
    Severity severity = Severity::High;
    Urgency urgency = Urgency::Page;  ///< Page or Notice.
};

}  // namespace tocsin
