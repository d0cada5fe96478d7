// Warnings about silences: what is forgotten hides what comes, and what is too broad hides more than was meant.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using language::Warning;
using match::Expression;

/// A silence for all the time between its ends that lasts longer is hardly maintenance.
constexpr Duration kLongSilence = std::chrono::days{90};

/// Whether it asks for more than where an alert comes from. What is only denied leaves nearly everything.
bool narrows(const Expression& expression) {
    constexpr std::array<std::string_view, 3> kOfEveryAlert{"source", "kind", "status"};
    const auto& children = expression.children;
    switch (expression.kind) {
        case Expression::Kind::Condition: {
            const auto& condition = expression.condition;
            return condition.op != match::Operator::Absent &&
                   std::find(kOfEveryAlert.begin(), kOfEveryAlert.end(), condition.path) == kOfEveryAlert.end();
        }
        case Expression::Kind::All: return std::any_of(children.begin(), children.end(), narrows);
        case Expression::Kind::Any: return std::all_of(children.begin(), children.end(), narrows);
        case Expression::Kind::Not: return false;
    }
    return false;
}

void lint_ends(const language::WrittenSilence& silence, TimePoint now) {
    const auto& spec = silence.spec;
    if (!spec.until) return;
    if (*spec.until <= now) {
        language::warn(silence.name.at, Warning::SilenceOver,
                       fmt::format("the silence \"{}\" is over since {}: take it out", spec.name, format_utc(*spec.until)));
        return;
    }
    const auto begins = std::max(now, spec.from.value_or(now));
    if (spec.during || *spec.until - begins <= kLongSilence) return;
    language::warn(silence.name.at, Warning::SilenceTooLong,
                   fmt::format("the silence \"{}\" lasts until {}, longer than {}", spec.name, format_utc(*spec.until),
                               format_duration(kLongSilence)))
        .hints.emplace_back("what is never to page anybody is a rule with urgency: record; what recurs has windows: \"during\"");
}

}  // namespace

bool is_too_broad(const Expression& silence) { return !narrows(silence); }

void lint_silences(const Compilation& compilation) {
    for (const auto& silence : compilation.written.silences) {
        if (is_too_broad(silence.spec.match)) {
            language::warn(silence.name.at, Warning::SilenceTooBroad,
                           fmt::format("the silence \"{}\" covers nearly everything that its sources send", silence.spec.name))
                .hints.emplace_back("name the service, or what the alerts have in common");
        }
        if (compilation.context.horizon) lint_ends(silence, compilation.context.horizon->from);
    }
}

}  // namespace tocsin::check
