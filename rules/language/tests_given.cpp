#include "rules/language/tests_given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

using Kind = WrittenGiven::Kind;

struct KindKey {
    std::string_view key;
    Kind kind = Kind::Alert;
};
/// The key by which an item that is no alert says what it is.
constexpr std::array kKindKeys{KindKey{"acknowledge", Kind::Acknowledge},
                               KindKey{"snooze", Kind::Snooze},
                               KindKey{"resolve", Kind::Resolve},
                               KindKey{"change_severity", Kind::ChangeSeverity},
                               KindKey{"merge", Kind::Merge},
                               KindKey{"split", Kind::Split},
                               KindKey{"silence", Kind::Silence}};
constexpr std::array<std::string_view, 6> kAlertKeys{"as", "source", "kind", "file", "payload", "expect"};

/// A time with a zone that nobody knows is told apart from one that cannot be read at all.
void report_instant(const yaml::Cursor& value, const std::string& text, bool may_be_offset) {
    const auto space = text.find_last_of(' ');
    if (space != std::string::npos && parse_civil(text.substr(0, space))) {
        const auto zone = text.substr(space + 1);
        value.error_at(value.place_of(space + 1, zone.size()), Zone::find(zone).error().message());
    } else if (parse_civil(text)) {
        value.error("a time needs its zone, as in 2026-03-08 03:30 America/New_York");
    } else {
        value.wrong(may_be_offset
                        ? "an offset from the first alert such as +5m, or a time such as 2026-03-08 03:30 America/New_York"
                        : "a time with its zone such as 2026-03-08 03:30 America/New_York or 2026-03-08T08:30:00Z");
    }
}

void decode_sent(const yaml::Record& record, WrittenGiven& given) {
    given.source = name_at(record.required("source")).value_or(Name{});
    given.source_kind = text_or(record["kind"], "");
    given.file = name_at(record["file"]);
    const auto payload = record["payload"];
    if (payload && record["file"]) payload.error("an alert has a \"file\" or a \"payload\", not both");
    if (!payload && !record["file"]) record.self().error("an alert needs a \"file\" or a \"payload\"");
    if (payload) given.payload = payload.is_scalar() ? payload.text().value_or("") : payload.json();
    if (!record["expect"]) return;
    const auto expect =
        record["expect"].record({"rule", "service", "severity", "urgency", "summary", "incident", "escalation", "silence"});
    given.expect = decode_expected_verdict(expect);
}

/// `silence: { match: {...}, for: 2h }`, or `silence: { name: one of the rulebook, for: 2h }`.
void decode_silence(const yaml::Cursor& value, WrittenGiven& given) {
    const auto record = value.record({"name", "match", "for"});
    if (!value.is_map()) return;
    given.named_silence = name_at(record["name"]);
    given.lasts = record.required("for").positive_duration().value_or(Duration{});
    const auto match = record["match"];
    if (match && record["name"]) match.error("a silence has a \"match\", or the \"name\" of one of the rulebook, not both");
    if (!match && !record["name"]) value.error("a silence needs a \"match\", or the \"name\" of one of the rulebook");
    given.silence.spec.match = decode_match(match, given.silence.matched);
    given.silence.spec.name = "the test's silence";
}

void decode_answer(const yaml::Record& record, const KindKey& what, WrittenGiven& given) {
    given.kind = what.kind;
    if (what.kind == Kind::Silence) {
        decode_silence(record[what.key], given);
    } else {
        given.person = name_at(record[what.key]).value_or(Name{});
    }
    if (what.kind == Kind::Snooze) given.lasts = record.required("for").positive_duration().value_or(Duration{});
    if (what.kind == Kind::ChangeSeverity) given.severity = severity(record.required("to")).value_or(Severity::Moderate);
    for (const auto& other : kKindKeys) {
        if (other.key != what.key && record[other.key]) {
            record[other.key].error(fmt::format("this is \"{}\" already: one thing for each item", what.key));
        }
    }
    for (const auto key : kAlertKeys) {
        if (record[key]) record[key].error(fmt::format("\"{}\" belongs to an alert, and this is \"{}\"", key, what.key));
    }
}

bool is_answer(Kind kind) { return kind != Kind::Alert && kind != Kind::Silence; }

/// Keys that belong to some answers only.
void report_strangers(const yaml::Record& record, Kind kind) {
    if (record["for"] && kind != Kind::Snooze) record["for"].error("\"for\" belongs to a \"snooze\", or into a \"silence\"");
    if (record["to"] && kind != Kind::ChangeSeverity) record["to"].error("\"to\" belongs to a \"change_severity\"");
    if (record["into"] && kind != Kind::Merge) record["into"].error("\"into\" belongs to a \"merge\"");
    if (record["of"] && !is_answer(kind)) record["of"].error("\"of\" belongs to what people do, such as \"acknowledge\"");
}

}  // namespace

std::string GivenDecoder::known_alert(const Name& name) const {
    const auto is_it = [&](const yaml::NamedPlace& one) { return one.name == name.text; };
    if (std::any_of(alerts_.begin(), alerts_.end(), is_it)) return name.text;
    auto& error = name.at.error(fmt::format("no alert above is called \"{}\"", name.text));
    yaml::hint_nearest(error, name.text, alerts_);
    if (alerts_.empty()) error.hints.emplace_back("an alert gets its name by \"as\": { as: database, source: ... }");
    return {};
}

void GivenDecoder::decode_alert(const yaml::Record& record, WrittenGiven& given) {
    decode_sent(record, given);
    const auto name = name_at(record["as"]);
    if (!name) return;
    const auto is_it = [&](const yaml::NamedPlace& one) { return one.name == name->text; };
    const auto first = std::find_if(alerts_.begin(), alerts_.end(), is_it);
    if (first != alerts_.end()) {
        name->at.error(fmt::format("an alert above is called \"{}\" already ({})", name->text, to_string(first->place)));
    }
    given.name = name->text;
    alerts_.push_back({name->text, name->at.place()});
}

void GivenDecoder::decode_alert_names(const yaml::Record& record, WrittenGiven& given) const {
    const bool needs_alert = given.kind == Kind::Merge || given.kind == Kind::Split;
    const auto of = needs_alert ? record.required("of") : record["of"];
    const auto names = of ? names_at(of) : std::vector<Name>{};
    if (names.size() > 1 && given.kind != Kind::Split) names[1].at.error("only a \"split\" is of several alerts");
    for (const auto& name : names) given.of.push_back(known_alert(name));
    if (given.kind != Kind::Merge) return;
    if (const auto into = name_at(record.required("into"))) given.into = known_alert(*into);
}

void GivenDecoder::decode(const yaml::Cursor& item) {
    const auto record = item.record({"as", "source", "kind", "file", "payload", "expect", "acknowledge", "snooze", "resolve",
                                     "change_severity", "merge", "split", "silence", "for", "of", "into", "to", "at"});
    if (!item.is_map()) return;
    WrittenGiven given;
    const auto is_written = [&](const KindKey& one) { return !record[one.key].is_absent(); };
    const auto what = std::find_if(kKindKeys.begin(), kKindKeys.end(), is_written);
    if (what == kKindKeys.end()) {
        decode_alert(record, given);
    } else {
        decode_answer(record, *what, given);
    }
    report_strangers(record, given.kind);
    if (is_answer(given.kind)) decode_alert_names(record, given);
    if (given_.empty() && is_answer(given.kind))
        record.self().error(fmt::format("a test begins with an alert, not with \"{}\"", what->key));
    const bool needs_time = given.kind != Kind::Silence;
    decode_at(needs_time ? record.required("at") : record["at"], given);
    given_.push_back(std::move(given));
}

void GivenDecoder::decode_at(const yaml::Cursor& value, WrittenGiven& given) {
    if (given.kind != Kind::Silence) given.at = last_.value_or(TimePoint{});
    const auto text = value.text();
    if (!text) return;
    const auto offset = first_alert_ ? parse_offset(*text) : std::nullopt;
    const auto instant = offset ? std::optional{*first_alert_ + *offset} : parse_instant(*text);
    if (!instant) return report_instant(value, *text, first_alert_.has_value());
    if (!first_alert_ && given.kind == Kind::Alert) first_alert_ = instant;
    if (last_ && *instant < *last_) value.error("this is earlier than what stands above it");
    given.at = last_ = *instant;
}

}  // namespace tocsin::language
