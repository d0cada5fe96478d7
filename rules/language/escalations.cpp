// The section `escalations`.
#include <fmt/format.h>

#include <array>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr yaml::IntegerRange kRepeat{.min = 0, .max = 100};
/// In the order of Escalation::HandOver.
constexpr std::array<std::string_view, 2> kHandOvers{"stay", "follow"};
constexpr yaml::IntegerRange kAcknowledgements{.min = 1, .max = 100};

std::optional<WrittenCount> decode_acknowledgements(const yaml::Cursor& value) {
    const auto count = value.integer(kAcknowledgements);
    if (!count) return {};
    return WrittenCount{static_cast<std::int32_t>(*count), value};
}

/// `page: ...`, or `one_of: ...` for one of them by turns.
void decode_targets(const yaml::Record& record, WrittenStep& step) {
    const auto one_of = record["one_of"];
    if (!one_of) {
        step.page = names_at(record.required("page"));
        return;
    }
    step.page = names_at(one_of);
    step.pick = EscalationStep::Pick::OneByTurns;
    if (record["page"]) {
        one_of.error("a step has \"page\" or \"one_of\", and this one has both")
            .hints.emplace_back("\"page\" pages all of them at once, \"one_of\" one of them by turns; for both, write two steps");
    }
}

void decode_steps(const yaml::Cursor& list, WrittenEscalation& escalation) {
    if (list.is_scalar()) {
        list.wrong("a list").hints.push_back(fmt::format("write [{{ page: {} }}]", list.text().value_or("a")));
        return;
    }
    for (const auto& item : items(list)) {
        if (item.is_scalar()) {
            item.wrong("a map").hints.push_back(fmt::format("write {{ page: {} }}", item.text().value_or("a")));
            continue;
        }
        const auto record = item.record({"after", "page", "one_of", "acknowledgements"}, {}, other_words::of_step());
        WrittenStep step;
        step.at = item;
        decode_targets(record, step);
        decode_wait(record["after"], step);
        step.acknowledgements = decode_acknowledgements(record["acknowledgements"]);
        const bool is_first = escalation.steps.empty();
        if (!is_first && item.is_map() && !record["after"]) {
            item.error("a later step needs \"after\": how long after the step before it")
                .hints.emplace_back("to page them all at once, write one step with a list: page: [a, b]");
        }
        escalation.steps.push_back(std::move(step));
    }
}

/// `repeat: 2`, or `repeat: { times: 2, after: 10m }`.
void decode_repeat(const yaml::Cursor& value, WrittenEscalation& escalation) {
    auto times = value;
    if (value.is_map()) {
        const auto record = value.record({"times", "after"});
        times = record.required("times");
        escalation.repeat_after = record["after"].positive_duration();
    }
    escalation.repeat = static_cast<std::int32_t>(times.integer(kRepeat).value_or(0));
}

WrittenEscalation decode_escalation(const yaml::Entry& entry, Written& written) {
    const auto record =
        entry.value.record({"steps", "repeat", "acknowledgements", "acknowledged_for", "hand_over", "fallback", "waive"}, {},
                           other_words::of_escalation());
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenEscalation escalation;
    escalation.id = {entry.name, entry.key};
    decode_steps(record.required("steps"), escalation);
    decode_repeat(record["repeat"], escalation);
    escalation.acknowledged_for = record["acknowledged_for"].positive_duration().value_or(Duration{0});
    escalation.acknowledgements = decode_acknowledgements(record["acknowledgements"]);
    escalation.hand_over_at = record["hand_over"];
    if (const auto choice = escalation.hand_over_at.choice(kHandOvers)) {
        escalation.hand_over = static_cast<Escalation::HandOver>(*choice);
    }
    const auto fallback = record.required("fallback");
    if (fallback.is_list()) {
        fallback.wrong("one person or schedule")
            .hints.emplace_back("for several, make a last step of them, and a schedule the fallback");
    } else {
        escalation.fallback = name_at(fallback);
    }
    return escalation;
}

}  // namespace

void decode_escalations(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "escalation", written)) {
        written.escalations.push_back(decode_escalation(entry, written));
    }
}

}  // namespace tocsin::language
