// The section `tests`.
#include <fmt/format.h>

#include "core/base/text.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr yaml::IntegerRange kPages{.min = 0, .max = 100'000};

/// "+5m", since the first alert.
std::optional<Duration> parse_offset(std::string_view text) {
    if (!text.starts_with('+')) return {};
    return parse_duration(text.substr(1));
}

/// "2026-03-08 03:30 America/New_York" or RFC 3339.
std::optional<TimePoint> parse_instant(std::string_view text) {
    if (const auto instant = parse_rfc3339(text)) return instant;
    const auto space = text.find_last_of(' ');
    if (space == std::string_view::npos) return {};
    const auto civil = parse_civil(text.substr(0, space));
    const auto zone = Zone::find(text.substr(space + 1));
    if (!civil || !zone) return {};
    return zone->to_utc(*civil);
}

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

enum class Offsets : std::uint8_t { Refused, Allowed };

class TestDecoder {
public:
    explicit TestDecoder(WrittenTest& test) : test_(test) {}

    void decode_given(const yaml::Cursor& item) {
        const auto record = item.record({"source", "kind", "file", "payload", "acknowledge", "resolve", "at"});
        if (!item.is_map()) return;
        WrittenGiven given;
        const bool is_answer = !record["acknowledge"].is_absent() || !record["resolve"].is_absent();
        if (is_answer) {
            decode_answer(record, given);
        } else {
            decode_alert(record, given);
        }
        decode_at(record.required("at"), given);
        test_.given.push_back(std::move(given));
    }

    void decode_expect(const yaml::Cursor& value) {
        const auto record =
            value.record({"rule", "service", "severity", "urgency", "summary", "incident", "pages", "no_pages", "pages_until"});
        if (value.is_map() && value.entries().empty()) value.error("a test must expect something");
        auto& expect = test_.expect;
        if (auto rule = record["rule"].text_or_blank()) expect.rule = Name{std::move(*rule), record["rule"]};
        if (auto service = record["service"].text_or_blank()) expect.service = Name{std::move(*service), record["service"]};
        expect.severity = severity(record["severity"]);
        expect.urgency = urgency(record["urgency"]);
        expect.summary = record["summary"].text_or_blank();
        expect.incident = record["incident"].text();
        if (record["pages"]) decode_pages(record["pages"]);
        decode_no_pages(record);
        decode_pages_until(record["pages_until"]);
    }

private:
    void decode_answer(const yaml::Record& record, WrittenGiven& given) {
        const bool is_acknowledge = !record["acknowledge"].is_absent();
        given.kind = is_acknowledge ? WrittenGiven::Kind::Acknowledge : WrittenGiven::Kind::Resolve;
        given.person = name_at(record[is_acknowledge ? "acknowledge" : "resolve"]).value_or(Name{});
        if (is_acknowledge && record["resolve"])
            record["resolve"].error("an answer is either an acknowledgement or a resolution");
        for (const auto* key : {"source", "kind", "file", "payload"}) {
            if (record[key]) record[key].error(fmt::format("\"{}\" belongs to an alert, and this is an answer", key));
        }
        if (test_.given.empty()) record.self().error("a test begins with an alert; this is an answer");
    }

    static void decode_alert(const yaml::Record& record, WrittenGiven& given) {
        given.source = name_at(record.required("source")).value_or(Name{});
        given.source_kind = text_or(record["kind"], "");
        given.file = name_at(record["file"]);
        const auto payload = record["payload"];
        if (payload && record["file"]) payload.error("an alert has a \"file\" or a \"payload\", not both");
        if (!payload && !record["file"]) record.self().error("an alert needs a \"file\" or a \"payload\"");
        if (payload) given.payload = payload.is_scalar() ? payload.text().value_or("") : payload.json();
    }

    void decode_at(const yaml::Cursor& value, WrittenGiven& given) {
        given.at = last_;
        const auto text = value.text();
        if (!text) return;
        const bool is_first = !first_.has_value();
        const auto offset = is_first ? std::nullopt : parse_offset(*text);
        const auto instant = offset ? std::optional{*first_ + *offset} : parse_instant(*text);
        if (!instant) return report_instant(value, *text, !is_first);
        if (is_first) first_ = instant;
        if (!is_first && *instant < last_) value.error("this is earlier than what stands above it");
        given.at = last_ = *instant;
    }

    void decode_pages(const yaml::Cursor& list) {
        auto& pages = test_.expect.pages.emplace();
        if (list.is_list() && list.list().empty()) {
            list.error("\"pages\" must not be an empty list").hints.emplace_back("for none at all, write no_pages: true");
        }
        for (const auto& item : list.list()) {
            const auto record = item.record({"at", "person", "via"});
            const auto at = record.required("at").read("an offset from the first alert such as +5m", parse_offset);
            auto person = name_at(record.required("person"));
            auto via = name_at(record["via"]);
            if (at && !pages.empty() && *at < pages.back().at) record["at"].error("this is earlier than the page above it");
            if (at && person) pages.push_back({*at, std::move(*person), std::move(via)});
        }
    }

    void decode_no_pages(const yaml::Record& record) {
        const auto claim = record["no_pages"].boolean();
        test_.expect.no_pages = claim.value_or(false);
        if (claim && !*claim) record["no_pages"].error("\"no_pages\" can only be true; without it pages are not looked at");
        if (claim && record["pages"]) record["no_pages"].error("a test expects \"pages\" or \"no_pages\", not both");
    }

    /// `{ +2h: 2 }`
    void decode_pages_until(const yaml::Cursor& map) {
        for (const auto& entry : map.entries()) {
            const auto until = entry.key.read("an offset from the first alert such as +2h", parse_offset);
            const auto count = entry.value.integer(kPages);
            if (until && count) test_.expect.pages_until.emplace_back(*until, *count);
        }
    }

    WrittenTest& test_;
    std::optional<TimePoint> first_;
    TimePoint last_;
};

}  // namespace

void decode_tests(const yaml::Cursor& section, Written& written) {
    for (const auto& item : section.list()) {
        const auto record = item.record({"name", "given", "expect"});
        if (!item.is_map()) continue;
        WrittenTest test;
        test.name = name_at(record.required("name")).value_or(Name{"", item});
        TestDecoder decoder(test);
        for (const auto& given : one_or_more(record.required("given"))) decoder.decode_given(given);
        decoder.decode_expect(record.required("expect"));
        if (test.name.text.empty() || declare(test.name, "test", written)) written.tests.push_back(std::move(test));
    }
}

}  // namespace tocsin::language
