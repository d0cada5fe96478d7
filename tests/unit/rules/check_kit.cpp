#include "tests/unit/rules/check_kit.hpp"

#include "core/base/text.hpp"
#include "daemon/api/read_body.hpp"

namespace tocsin::check::kit {
namespace {

using match::Expression;
using match::Operator;

Person person(const std::string& id, const std::string& zone) {
    Person made;
    made.id = id;
    made.time_zone = *Zone::find(zone);
    made.contacts = {{"push", "ntfy", id}, {"text", "sms", "+15005550006"}};
    made.paged = {{Duration{0}, "push"}, {std::chrono::minutes{1}, "text"}};
    made.noticed = {{Duration{0}, "push"}};
    return made;
}

Target target(Target::Kind kind, const std::string& id) { return {kind, id}; }

Roster learner_roster() {
    Roster roster;
    roster.people = {{"cambridge-a", person("cambridge-a", "America/New_York")},
                     {"cambridge-b", person("cambridge-b", "America/New_York")},
                     {"manager", person("manager", "America/New_York")}};
    Schedule triage;
    triage.id = "learner-triage";
    triage.layers.push_back({"always", {"cambridge-b"}, {}, {}});
    roster.schedules.emplace("learner-triage", triage);
    Escalation escalation;
    escalation.id = "learner";
    escalation.steps = {{Duration{0}, {target(Target::Kind::Person, "cambridge-a")}},
                        {std::chrono::minutes{5}, {target(Target::Kind::Person, "cambridge-b")}}};
    escalation.repeat_after = std::chrono::minutes{5};
    escalation.fallback = target(Target::Kind::Person, "manager");
    roster.escalations.emplace("learner", escalation);
    Service lms;
    lms.id = "lms";
    lms.title = "Courseware (LMS)";
    lms.escalation = "learner";
    lms.runbook = "https://runbooks.example.org/lms";
    roster.services.emplace("lms", lms);
    roster.default_triage = "learner-triage";
    return roster;
}

Expression condition(std::string path, Operator op, std::vector<std::string> operands, double low) {
    Expression made;
    made.kind = Expression::Kind::Condition;
    made.condition.path = std::move(path);
    made.condition.op = op;
    made.condition.operands = std::move(operands);
    made.condition.low = low;
    return made;
}

match::RuleSpec rule(std::string name, std::string place, std::vector<Expression> conditions) {
    match::RuleSpec made;
    made.name = std::move(name);
    made.place = std::move(place);
    made.match.children = std::move(conditions);
    return made;
}

std::vector<match::RuleSpec> learner_rules() {
    auto staging = rule("staging never wakes anyone", "rules/learner.yaml:31",
                        {condition("labels.environment", Operator::OneOf, {"staging", "sandbox"}, 0)});
    staging.urgency = Urgency::Record;
    auto lms =
        rule("LMS answers with 5xx", "rules/learner.yaml:35",
             {condition("source", Operator::OneOf, {"splunk"}, 0), condition("payload.count", Operator::AtLeast, {}, 100)});
    lms.service = "lms";
    lms.severity = Severity::Critical;
    lms.summary = *match::parse_template("${payload.count} server errors");
    auto rest = rule("everything else", "rules/learner.yaml:50", {});
    rest.urgency = Urgency::Notice;
    return {staging, lms, rest};
}

}  // namespace

Rulebook learner_rulebook(std::vector<RulebookTest> tests, match::SilenceSet silences) {
    return {learner_roster(), match::RuleSet(learner_rules()), std::move(tests), "0123456789abcdef", std::move(silences)};
}

ParsedAlert errors(const std::string& count, const std::string& environment) {
    ParsedAlert made;
    made.alert.source = "splunk";
    made.alert.kind = "splunk";
    made.alert.key = "lms-5xx";
    made.alert.title = "LMS 5xx";
    made.alert.labels = {{"environment", environment}};
    made.fields.add_alert(made.alert);
    made.fields.add("payload.count", count, FieldType::Number);
    return made;
}

ParseAlert parser() {
    return [](const Rulebook&, const SentBody& body) -> Result<std::vector<ParsedAlert>> {
        const auto words = split(body.payload, ' ');
        if (words.size() != 2) return Error(Errc::Invalid, "two words are wanted");
        return std::vector<ParsedAlert>{errors(std::string(words[0]), std::string(words[1]))};
    };
}

ParseAlert real_parser() { return api::parse_alert; }

TimePoint start() { return *parse_rfc3339("2026-03-08T07:30:00Z"); }

TestGiven alert_at(Duration offset, std::string payload) {
    TestGiven given;
    given.kind = TestGiven::Kind::Alert;
    given.at = start() + offset;
    given.source = "splunk";
    given.source_kind = "splunk";
    given.payload = std::move(payload);
    return given;
}

TestGiven acknowledgement_at(Duration offset, std::string person) {
    TestGiven given;
    given.kind = TestGiven::Kind::Acknowledge;
    given.at = start() + offset;
    given.person = std::move(person);
    return given;
}

}  // namespace tocsin::check::kit
