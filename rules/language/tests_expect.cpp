// What a rulebook test expects.
#include <fmt/format.h>

#include <array>

#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr yaml::IntegerRange kCount{.min = 0, .max = 100'000};
constexpr std::array<std::string_view, 5> kStates{"triggered", "acknowledged", "resolved", "silenced", "none"};

/// An empty name is one too: no rule, no service.
std::optional<Name> name_or_blank(const yaml::Cursor& value) {
    auto text = value.text_or_blank();
    if (!text) return {};
    return Name{std::move(*text), value};
}

std::optional<Reason> reason(const yaml::Cursor& value) {
    return value.read("a reason as timelines show it, such as step_timed_out", parse_reason);
}

void decode_pages(const yaml::Cursor& list, std::vector<WrittenPage>& pages) {
    if (list.is_list() && list.list().empty()) {
        list.error("\"pages\" must not be an empty list").hints.emplace_back("for none at all, write no_pages: true");
    }
    for (const auto& item : list.list()) {
        const auto record = item.record({"at", "person", "via", "channel", "reason"});
        const auto at = record.required("at").read("an offset from the first alert such as +5m", parse_offset);
        auto person = name_at(record.required("person"));
        if (at && !pages.empty() && *at < pages.back().at) record["at"].error("this is earlier than the page above it");
        if (!at || !person) continue;
        pages.push_back({*at, std::move(*person), name_at(record["via"]), name_at(record["channel"]), reason(record["reason"])});
    }
}

bool decode_no_pages(const yaml::Record& record) {
    const auto claim = record["no_pages"].boolean();
    if (claim && !*claim) record["no_pages"].error("\"no_pages\" can only be true; without it pages are not looked at");
    if (claim && record["pages"]) record["no_pages"].error("a test expects \"pages\" or \"no_pages\", not both");
    return claim.value_or(false);
}

/// `{ +2h: 2 }`
void decode_pages_until(const yaml::Cursor& map, WrittenExpect& expect) {
    for (const auto& entry : map.entries()) {
        const auto until = entry.key.read("an offset from the first alert such as +2h", parse_offset);
        const auto count = entry.value.integer(kCount);
        if (until && count) expect.pages_until.emplace_back(*until, *count);
    }
}

void decode_until(const yaml::Cursor& value, WrittenExpect& expect) {
    expect.until = value.read("an offset from the first alert such as +2h", parse_offset);
    const bool is_too_early = expect.until && expect.pages && !expect.pages->empty() && *expect.until < expect.pages->back().at;
    if (is_too_early) value.error("this is earlier than the last of \"pages\"");
}

}  // namespace

WrittenVerdict decode_expected_verdict(const yaml::Record& record) {
    WrittenVerdict expect;
    expect.rule = name_or_blank(record["rule"]);
    expect.service = name_or_blank(record["service"]);
    expect.escalation = name_or_blank(record["escalation"]);
    expect.silence = name_or_blank(record["silence"]);
    expect.severity = severity(record["severity"]);
    expect.urgency = urgency(record["urgency"]);
    expect.summary = record["summary"].text_or_blank();
    expect.incident = record["incident"].text();
    return expect;
}

WrittenExpect decode_expect(const yaml::Cursor& value) {
    const auto record = value.record({"rule", "service", "severity", "urgency", "summary", "incident", "escalation", "silence",
                                      "pages", "no_pages", "until", "pages_until", "state", "incidents", "reasons"});
    if (value.is_map() && value.entries().empty()) value.error("a test must expect something");
    WrittenExpect expect;
    expect.verdict = decode_expected_verdict(record);
    if (record["pages"]) decode_pages(record["pages"], expect.pages.emplace());
    expect.no_pages = decode_no_pages(record);
    decode_until(record["until"], expect);
    decode_pages_until(record["pages_until"], expect);
    if (const auto state = record["state"].choice(kStates)) expect.state = kStates.at(*state);
    expect.incidents = record["incidents"].integer(kCount);
    if (!record["reasons"]) return expect;
    auto& reasons = expect.reasons.emplace();
    for (const auto& item : one_or_more(record["reasons"])) {
        if (const auto one = reason(item)) reasons.push_back(*one);
    }
    return expect;
}

}  // namespace tocsin::language
