#include "daemon/api/reassignment.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::api {
namespace {

template <class Map>
void add_names(std::vector<std::string>& names, const Map& map) {
    for (const auto& [name, value] : map) names.push_back(name);
}

Error unknown(std::string_view what, const std::string& name, const std::vector<std::string>& names) {
    auto message = fmt::format("the rulebook has no {} called \"{}\"", what, printable(name));
    if (const auto near = nearest(name, names)) message += fmt::format("; did you mean \"{}\"?", *near);
    return {Errc::Invalid, message};
}

}  // namespace

Result<engine::Event> reassignment(const Asked& asked, const std::string& by, const Roster& roster) {
    auto to = asked.text("to");
    auto escalation = asked.text("escalation");
    if (to.empty() == escalation.empty()) {
        return Error{Errc::Invalid,
                     "say to whom: {\"to\": a person or a schedule} or {\"escalation\": an escalation}, one of the two"};
    }
    std::vector<std::string> names;
    if (!to.empty() && roster.person(to) == nullptr && roster.schedule(to) == nullptr) {
        add_names(names, roster.people);
        add_names(names, roster.schedules);
        return unknown("person or schedule", to, names);
    }
    if (!escalation.empty() && roster.escalation(escalation) == nullptr) {
        add_names(names, roster.escalations);
        return unknown("escalation", escalation, names);
    }
    return engine::Event{engine::Reassign{by, std::move(to), std::move(escalation)}};
}

}  // namespace tocsin::api
