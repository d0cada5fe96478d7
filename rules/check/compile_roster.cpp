// People, schedules, escalations and services, with every name looked up.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

using language::Name;

constexpr std::string_view kEmail = "email";

// Where the rulebook says nothing of storms: nobody can act on more than one page a minute.
constexpr PagingLimit kPagesPerService{10, std::chrono::minutes{10}};
constexpr PagingLimit kPagesPerPerson{15, std::chrono::minutes{10}};
constexpr Duration kDigestAfter = std::chrono::minutes{2};
constexpr Duration kStaleAfter = std::chrono::minutes{30};

class RosterCompiler {
public:
    explicit RosterCompiler(const Compilation& compilation)
        : compilation_(compilation), written_(compilation.written), context_(compilation.context), names_(compilation.names) {}

    Roster compile() {
        roster_.storm = compile_storm(written_.storm);
        for (const auto& person : written_.people) roster_.people.emplace(person.id.text, compile_person(person));
        for (const auto& schedule : written_.schedules)
            roster_.schedules.emplace(schedule.id.text, compile_schedule(compilation_, schedule));
        for (const auto& policy : written_.escalations) roster_.escalations.emplace(policy.id.text, compile_escalation(policy));
        for (const auto& service : written_.services) roster_.services.emplace(service.id.text, compile_service(service));
        roster_.default_escalation = looked_up(written_.default_escalation, names_.escalations);
        roster_.default_triage = looked_up(written_.default_triage, names_.schedules);
        return std::move(roster_);
    }

private:
    /// The name, if there is such a thing; reported if not.
    static std::string looked_up(const std::optional<Name>& name, const NameTable& table) {
        return name && table.require(*name) ? name->text : std::string();
    }

    [[nodiscard]] bool has_channel(std::string_view channel) const {
        const auto& known = context_.channels;
        return !known || std::find(known->begin(), known->end(), channel) != known->end();
    }

    static Storm compile_storm(const language::WrittenStorm& written) {
        Storm storm;
        storm.per_service = limit_or(written.per_service, kPagesPerService);
        storm.digest_after = written.digest_after.value_or(kDigestAfter);
        storm.stale_after = written.stale_after.value_or(kStaleAfter);
        return storm;
    }

    static std::optional<PagingLimit> limit_or(const std::optional<language::WrittenLimit>& written,
                                               const std::optional<PagingLimit>& otherwise) {
        return written ? written->limit : otherwise;
    }

    Person compile_person(const language::WrittenPerson& written) const {
        Person person;
        person.id = written.id.text;
        person.name = written.name;
        person.email = written.email;
        person.time_zone = written.time_zone;
        person.quiet = written.quiet;
        person.vacations = written.vacations;
        person.one_at_a_time = written.one_at_a_time;
        for (const auto& contact : written.contacts) {
            if (!has_channel(contact.contact.channel)) {
                report_unknown(contact.channel_at, "channel", contact.contact.channel, *context_.channels);
            }
            person.contacts.push_back(contact.contact);
        }
        const bool has_own = person.contact(kEmail) != nullptr;
        if (!written.email.empty() && !has_own && has_channel(kEmail)) {
            person.contacts.push_back({std::string(kEmail), std::string(kEmail), written.email});
        }
        person.paged = contact_rules(written.paged, person, written);
        person.noticed = contact_rules(written.noticed, person, written);
        person.storm = limit_or(written.storm, limit_or(written_.storm.per_person, kPagesPerPerson));
        return person;
    }

    std::vector<ContactRule> contact_rules(const std::vector<language::WrittenContactRule>& rules, const Person& person,
                                           const language::WrittenPerson& written) const {
        std::vector<ContactRule> compiled;
        for (const auto& rule : rules) {
            if (person.contact(rule.via.text) == nullptr) report_via(rule.via, written);
            compiled.push_back({rule.after, rule.via.text, rule.severities});
        }
        return compiled;
    }

    void report_via(const Name& via, const language::WrittenPerson& person) const {
        auto& reported = via.at.error(fmt::format("\"{}\" has no contact \"{}\"", person.id.text, via.text));
        if (via.text == kEmail) {
            reported.hints.emplace_back(person.email.empty() ? "write the person's \"email\", and there is one"
                                                             : "the daemon has no channel \"email\"");
            return;
        }
        std::vector<yaml::NamedPlace> contacts;
        for (const auto& contact : person.contacts) contacts.push_back({contact.contact.name, contact.at.place()});
        yaml::hint_nearest(reported, via.text, contacts);
        if (reported.hints.empty() && contacts.empty()) {
            reported.hints.push_back(fmt::format("write one: contacts: {{ {}: {{ ntfy: a-topic }} }}", via.text));
        }
    }

    /// A person, a schedule, or one role of it: "learner/secondary".
    Target target(const Name& name) const {
        if (names_.people.has(name.text)) return {Target::Kind::Person, name.text};
        const auto slash = std::min(name.text.rfind('/'), name.text.size());
        const auto id = name.text.substr(0, slash);
        if (names_.schedules.has(id)) {
            return {Target::Kind::Schedule, id, slash < name.text.size() ? role_at(name, slash + 1) : Role::Primary};
        }
        std::vector<yaml::NamedPlace> near;
        names_.people.add_places(near);
        names_.schedules.add_places(near);
        auto& reported = name.at.error(fmt::format("no person or schedule is called \"{}\"", id));
        if (name.text.find(',') != std::string::npos) {
            reported.hints.emplace_back("a list of names stands in brackets: [a, b]");
        } else {
            yaml::hint_nearest(reported, id, near);
        }
        return {};
    }

    static Role role_at(const Name& name, std::size_t offset) {
        const auto text = name.text.substr(offset);
        const auto role = parse_role(text);
        if (role && *role != Role::Shadow) return *role;
        auto& reported = name.at.error_at(name.at.place_of(offset, text.size()),
                                          role ? "a shadow cannot be paged: it is told of what its schedule is paged for"
                                               : fmt::format("a schedule has no role \"{}\"", text));
        const std::vector<std::string> roles{"primary", "secondary"};
        if (!role) yaml::hint_nearest(reported, text, roles);
        if (reported.hints.empty()) reported.hints.emplace_back("the roles are primary and secondary");
        return Role::Primary;
    }

    Escalation compile_escalation(const language::WrittenEscalation& written) const {
        Escalation escalation;
        escalation.id = written.id.text;
        for (const auto& step : written.steps) {
            auto& compiled = escalation.steps.emplace_back();
            compiled.after = step.after;
            compiled.cases = step.cases;
            compiled.pick = step.pick;
            if (step.acknowledgements) compiled.acknowledgements = step.acknowledgements->value;
            for (const auto& name : step.page) compiled.page.push_back(target(name));
        }
        escalation.repeat = written.repeat;
        const auto last = escalation.steps.empty() ? Duration{0} : escalation.steps.back().after;
        escalation.repeat_after = written.repeat_after.value_or(last.count() > 0 ? last : kRepeatAfter);
        escalation.acknowledged_for = written.acknowledged_for;
        if (written.fallback) escalation.fallback = target(*written.fallback);
        if (written.acknowledgements) escalation.acknowledgements = written.acknowledgements->value;
        escalation.hand_over = written.hand_over;
        return escalation;
    }

    Service compile_service(const language::WrittenService& written) const {
        Service service;
        service.id = written.id.text;
        service.title = written.title;
        service.team = written.team;
        service.runbook = written.runbook;
        service.reply_to = written.reply_to;
        service.escalation = looked_up(written.escalation, names_.escalations);
        service.triage = looked_up(written.triage, names_.schedules);
        service.storm = limit_or(written.storm, roster_.storm.per_service);
        for (const auto& name : written.depends_on) {
            if (names_.services.require(name)) service.depends_on.push_back(name.text);
        }
        return service;
    }

    const Compilation& compilation_;
    const language::Written& written_;
    const CompileContext& context_;
    const Names& names_;
    Roster roster_;
};

}  // namespace

Roster compile_roster(const Compilation& compilation) { return RosterCompiler(compilation).compile(); }

}  // namespace tocsin::check
