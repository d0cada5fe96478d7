// The section `services`.
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

WrittenService decode_service(const yaml::Entry& entry, Written& written) {
    const auto record =
        entry.value.record({"title", "team", "escalation", "runbook", "depends_on", "triage", "reply_to", "storm", "waive"}, {},
                           other_words::of_service());
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenService service;
    service.id = {entry.name, entry.key};
    service.title = text_or(record["title"], entry.name);
    service.team = text_or(record["team"], "");
    service.runbook = text_or(record["runbook"], "");
    service.escalation = name_at(record["escalation"]);
    service.depends_on = names_at(record["depends_on"]);
    service.triage = name_at(record["triage"]);
    service.storm = paging_limit(record["storm"]);
    service.reply_to = text_or(record["reply_to"], "");
    return service;
}

}  // namespace

void decode_services(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "service", written)) {
        written.services.push_back(decode_service(entry, written));
    }
}

}  // namespace tocsin::language
