// Overrides that are made at run time, and swaps, which are two of them.
#pragma once

#include <string>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// See arrangements.hpp. `by` is who asks, where the body does not say.
void list_overrides(Services& services, const http::Request& request, http::Respond respond);
void make_override(Services& services, const http::Request& request, const std::string& by, http::Respond respond);
void end_override(Services& services, ArrangementId id, const std::string& by, http::Respond respond);
void swap_shifts(Services& services, const http::Request& request, const std::string& by, http::Respond respond);

}  // namespace tocsin::api
