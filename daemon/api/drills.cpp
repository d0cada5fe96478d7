#include "daemon/api/drills.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/model/watch.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/asked.hpp"
#include "daemon/api/reading.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

constexpr std::size_t kDrillsMax = 1'000;

std::string_view result_of(const PastIncident& drill) {
    if (drill.first_acknowledged_at) return "passed";
    return drill.resolved_at ? "failed" : "under way";
}

json::object shown(const PastIncident& drill) {
    json::object body{{"incident", drill.id.value},
                      {"name", drill_of(drill.key).value_or(drill.key)},
                      {"begun_at", format_utc(drill.opened_at)},
                      {"result", result_of(drill)},
                      {"acknowledged_by", drill.acknowledged_by},
                      {"acknowledged_after", nullptr},
                      {"note", drill.resolution_note}};
    if (drill.first_acknowledged_at) body["acknowledged_after"] = format_duration(*drill.first_acknowledged_at - drill.opened_at);
    return body;
}

Result<DrillTarget> target_of(const std::string& name, const Roster& roster) {
    if (name.empty()) return Error{Errc::Invalid, "a drill needs a \"target\": a person, a schedule or an escalation"};
    if (roster.person(name) != nullptr) return DrillTarget{DrillTarget::Kind::Person, name};
    if (roster.schedule(name) != nullptr) return DrillTarget{DrillTarget::Kind::Schedule, name};
    if (roster.escalation(name) != nullptr) return DrillTarget{DrillTarget::Kind::Escalation, name};
    std::vector<std::string> names;
    for (const auto& [id, person] : roster.people) names.push_back(id);
    for (const auto& [id, schedule] : roster.schedules) names.push_back(id);
    for (const auto& [id, escalation] : roster.escalations) names.push_back(id);
    auto said = fmt::format("no person, schedule or escalation is called \"{}\"", printable(name));
    if (const auto near = nearest(name, names)) said += fmt::format("; did you mean \"{}\"?", *near);
    return Error{Errc::Invalid, said};
}

}  // namespace

void list_drills(Services& services, http::Respond respond) {
    auto& reader = services.reader;
    answer_with(
        services,
        [&reader]() -> Result<json::object> {
            const auto drills = reader.drills(kDrillsMax);
            if (!drills) return drills.error();
            json::array all;
            for (const auto& drill : *drills) all.push_back(shown(drill));
            return json::object{{"drills", std::move(all)}};
        },
        std::move(respond));
}

void begin_drill(Services& services, http::Request& request, const config::TokenSettings& token, http::Respond respond) {
    const auto asked = Asked::read(request.body);
    if (!asked) return respond(refusal(asked.error()));
    if (const auto texts = asked->check_texts({"target", "within", "by"}); !texts) return respond(refusal(texts.error()));
    const auto target = target_of(asked->text("target", kNameCodePointsMax), services.rulebook()->roster());
    if (!target) return respond(refusal(target.error()));
    const auto duration = asked->duration("within");
    if (!duration) return respond(refusal(duration.error()));
    const auto within = duration->value_or(kDrillWithin);
    if (within.count() <= 0) return respond(refusal(400, "\"within\" must be above zero"));
    runtime::Message message{runtime::DrillMessage{drill_key(target->id), *target, within, asked->by(token.name)}, {}};
    message.on_answer = [respond](const Result<runtime::Answer>& answer) {
        if (!answer) return respond(refusal(answer.error()));
        respond(json_answer(202, {{"incident", answer->incident ? answer->incident->id.value : 0},
                                  {"new", answer->incident && answer->incident->is_new}}));
    };
    if (services.mailbox.post(message) != runtime::Mailbox::Posted::Taken) respond(come_again("too much is waiting; try again"));
}

}  // namespace tocsin::api
