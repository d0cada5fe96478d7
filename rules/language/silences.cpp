// The section `silences`.
#include <fmt/format.h>

#include "core/model/arrangements.hpp"
#include "core/model/window_state.hpp"
#include "rules/language/decode.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

void decode_match_of(const yaml::Cursor& value, WrittenSilence& silence) {
    if (value.is_map() && value.entries().empty()) {
        value.error("a silence that asks for nothing would cover every alert")
            .hints.emplace_back("say which: { service: mysql }");
    }
    silence.spec.match = decode_match(value, silence.matched);
}

void check_end(const yaml::Record& record, const match::SilenceSpec& spec) {
    if (record["until"]) {
        if (spec.until && spec.from && *spec.until <= *spec.from) record["until"].error("a silence must end after it begins");
        return;
    }
    const auto& during = spec.during;
    const bool ends = during && end_of_window(during->window, during->zone, TimePoint{});
    if (ends || (record["during"] && !during)) return;
    record.self()
        .error("this silence never ends: give it \"until\", or windows that leave some time out")
        .hints.emplace_back("what is never to page anybody is a rule with urgency: record");
}

void decode_silence(const yaml::Cursor& item, Written& written) {
    const auto record = item.record({"name", "match", "during", "from", "until", "reason", "owner", "waive"});
    if (!item.is_map()) return;
    decode_waivers(record["waive"], {item}, written);
    WrittenSilence silence;
    auto& spec = silence.spec;
    silence.name = name_at(record.required("name")).value_or(Name{"", item});
    spec.name = silence.name.text;
    if (made_silence(spec.name)) {
        silence.name.at.error(fmt::format("\"{}\" is how a silence that is made at run time is called", spec.name))
            .hints.emplace_back("give this one a name that says what it is for");
    }
    const auto place = item.place();
    spec.place = fmt::format("{}:{}", place.file, place.line);
    decode_match_of(record.required("match"), silence);
    spec.during = during(record["during"]);
    const auto zone = spec.during ? spec.during->zone : Zone{};
    spec.from = instant(record["from"], zone);
    spec.until = instant(record["until"], zone);
    spec.reason = record.required("reason").text().value_or("");
    spec.owner = text_or(record["owner"], "");
    check_end(record, spec);
    if (silence.name.text.empty() || declare(silence.name, "silence", written)) written.silences.push_back(std::move(silence));
}

}  // namespace

WrittenSilence decode_made_silence(const yaml::Cursor& match, const yaml::Cursor& windows) {
    WrittenSilence silence;
    decode_match_of(match, silence);
    silence.spec.during = during(windows);
    return silence;
}

void decode_silences(const yaml::Cursor& section, Written& written) {
    for (const auto& item : section.list()) decode_silence(item, written);
}

}  // namespace tocsin::language
