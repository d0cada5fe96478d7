// What reports and triage look back on: incidents and pages as they were, without what only the engine needs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/incident.hpp"
#include "core/model/reason.hpp"
#include "core/model/severity.hpp"

namespace tocsin {

struct PastIncident {
    IncidentId id;
    std::string key;
    std::string rule;
    std::string service;
    std::string summary;
    Severity severity = Severity::Moderate;
    Urgency urgency = Urgency::Page;
    bool is_drill = false;
    TimePoint opened_at;
    std::optional<TimePoint> first_acknowledged_at;
    std::string acknowledged_by;  ///< Who acknowledged first.
    std::optional<TimePoint> resolved_at;
    std::string resolved_by;
    std::optional<Reason> resolution;  ///< The timeline's last word on how it ended.
    std::string resolution_note;
    friend bool operator==(const PastIncident&, const PastIncident&) = default;
};

struct PastPage {
    IncidentId incident;
    std::string person;
    Urgency urgency = Urgency::Page;
    std::int32_t step = 0;
    PageState state = PageState::Pending;
    TimePoint due_at;  ///< When it left, or was to leave.
    friend bool operator==(const PastPage&, const PastPage&) = default;
};

/// All that was opened and paged in a stretch of time.
struct Past {
    std::vector<PastIncident> incidents;  ///< Oldest first.
    std::vector<PastPage> pages;          ///< The same.
    bool is_cut = false;                  ///< There was more than may be read at once: the oldest are left out.
};

}  // namespace tocsin
