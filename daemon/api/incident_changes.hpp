// POST /api/v1/incidents/<id>/merge, split, severity: what people decide about an incident as a whole.
#pragma once

#include <string_view>

#include "daemon/api/incidents.hpp"

namespace tocsin::api {

/// Whether the verb is one of these.
[[nodiscard]] bool is_incident_change(std::string_view verb);

/// {"by": "...", ...}, where `by` may be left out:
///   merge     {"into": 7}: this one is resolved and goes on in 7, which is answered
///   split     {"alerts": ["key", ...]}: these become an incident of their own, which is answered
///   severity  {"severity": "high", "text": "why"}: `text` may be left out
/// Answers the incident as committed, 409 with what is in the way, or 404.
void change_incident(Services& services, http::Request& request, const ActOn& what, http::Respond respond);

}  // namespace tocsin::api
