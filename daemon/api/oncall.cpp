#include "daemon/api/oncall.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/schedule_json.hpp"

namespace tocsin::api {

void show_on_call(Services& services, const http::Request& request, http::Respond respond) {
    auto at = services.clock.now();
    if (const auto asked = query_value(request.query, "at"); !asked.empty()) {
        const auto parsed = parse_rfc3339(asked);
        if (!parsed) return respond(refusal(400, "`at` is not a time such as 2026-03-08T08:30:00Z"));
        at = *parsed;
    }
    const auto rulebook = services.rulebook();
    const auto& roster = rulebook->roster();
    const auto wanted = query_value(request.query, "schedule");
    if (!wanted.empty() && roster.schedule(wanted) == nullptr)
        return respond(refusal(404, fmt::format("no schedule is called \"{}\"", printable(wanted))));
    respond(json_answer(200, on_call_json(roster, at, wanted)));
}

}  // namespace tocsin::api
