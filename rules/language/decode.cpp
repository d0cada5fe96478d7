#include "rules/language/decode.hpp"

#include <fmt/format.h>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

/// `people:` with nothing behind it is a section without people.
void decode_section(const yaml::Cursor& section, Written& written, void (*decode_all)(const yaml::Cursor&, Written&)) {
    if (section && !section.is_empty()) decode_all(section, written);
}

void decode_default(const yaml::Cursor& value, std::optional<Name>& into) {
    auto name = name_at(value);
    if (!name) return;
    if (into) {
        const auto first = into->at.place();
        value.error(fmt::format("{} is written twice", value.subject())).hints.push_back("the first is at " + to_string(first));
        return;
    }
    into = std::move(name);
}

}  // namespace

void decode(const yaml::Document& document, Written& written) {
    const auto top =
        document.root().record({"people", "schedules", "escalations", "services", "heartbeats", "drills", "default_escalation",
                                "default_triage", "storm", "mappings", "rules", "silences", "tests"},
                               {}, other_words::of_file());
    decode_section(top["people"], written, decode_people);
    decode_section(top["schedules"], written, decode_schedules);
    decode_section(top["escalations"], written, decode_escalations);
    decode_section(top["services"], written, decode_services);
    decode_section(top["storm"], written, decode_storm);
    decode_section(top["heartbeats"], written, decode_heartbeats);
    decode_section(top["drills"], written, decode_drills);
    decode_section(top["mappings"], written, decode_mappings);
    decode_section(top["rules"], written, decode_rules);
    decode_section(top["silences"], written, decode_silences);
    decode_section(top["tests"], written, decode_tests);
    decode_default(top["default_escalation"], written.default_escalation);
    decode_default(top["default_triage"], written.default_triage);
}

}  // namespace tocsin::language
