// /api/v1/people: who can be reached how, and whether that is known to work.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/model/roster.hpp"
#include "core/model/verification.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// GET /api/v1/people: everybody, with the state of each contact: unverified, code_sent, verified.
void list_people(Services& services, http::Respond respond);
/// POST /api/v1/people/<id>/contacts/<name>/verify: {} sends a code over the contact, {"code": "123456"} gives it back. `rest` is
/// what follows /api/v1/people/.
void verify_contact(Services& services, const http::Request& request, std::string_view rest, http::Respond respond);

/// Of all people, those that are not verified.
[[nodiscard]] std::size_t unverified_contacts(const Roster& roster, const std::vector<Verification>& known, TimePoint now);

}  // namespace tocsin::api
