// What people arrange at run time: /api/v1/overrides, /api/v1/swaps, /api/v1/silences.
//
//   GET    /api/v1/overrides?schedule=&all=true     those that hold or are to come (all: that are over too), the rulebook's with
//   them POST   /api/v1/overrides                        {"schedule", "person", "from", "until", "reason", "by", "dry_run"}
//   DELETE /api/v1/overrides/<id>?by=               from now on
//   POST   /api/v1/swaps                            {"schedule", "at", "with", "reason", "by", "dry_run"}
//   GET    /api/v1/silences?all=true
//   POST   /api/v1/silences                         {"match", "during", "from", "until", "reason", "by", "open"}
//   POST   /api/v1/silences/preview                 the same: what it would hide, and nothing is made
//   POST   /api/v1/silences/<id>/extend             {"until", "by"}
//   DELETE /api/v1/silences/<id>?by=                what it covers and fires on is paged for
//
// Answers come after the commit.
#pragma once

#include <string_view>

#include "daemon/api/services.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

[[nodiscard]] bool is_about_arrangements(std::string_view path);

/// Any of the above. `token` is who asks, where the request does not say.
void answer_about_arrangements(Services& services, http::Request& request, const config::TokenSettings& token,
                               http::Respond respond);

}  // namespace tocsin::api
