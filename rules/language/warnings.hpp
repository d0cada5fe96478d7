// What `tocsin check` warns of, each under a code that stays the same: shown in brackets, named by a waiver.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/yaml/cursor.hpp"

namespace tocsin::language {

enum class Warning : std::uint8_t {
    ImpossibleMatch,
    ShadowedRule,
    NoCatchAll,
    IdleContinue,
    UntoldNotice,
    AlwaysTrueRegex,
    EmptyField,
    UnusedPerson,
    UnusedContact,
    UnusedSchedule,
    UnusedEscalation,
    UnusedService,
    PersonWithoutContact,
    PersonWithoutPaged,
    ContactTwice,
    QuietWithoutZone,
    ServiceWithoutEscalation,
    FirstStepGap,
    StepWithoutAnybody,
    TooManyAcknowledgements,
    IdleHandOver,
    SilenceOver,
    SilenceTooBroad,
    SilenceTooLong,
    FixedZone,
    ShadowedMapping,
    ConstantKey,
    ForeignTemplate,
    OperatorInText,
    SplitWindow,
    UnusedWaiver,
};

/// The code of an error that only the coverage proof finds, see rules/README.md.
inline constexpr std::string_view kFallbackGap = "fallback-gap";

/// "shadowed-rule"
[[nodiscard]] std::string_view to_string(Warning warning);
[[nodiscard]] std::optional<Warning> parse_warning(std::string_view code);
/// All of them.
inline constexpr std::size_t kWarningCount = static_cast<std::size_t>(Warning::UnusedWaiver) + 1;
[[nodiscard]] const std::array<Warning, kWarningCount>& warnings();

/// Reports it at a value's place; the reference is good until the next report.
yaml::Diagnostic& warn(const yaml::Cursor& at, Warning warning, std::string message);

}  // namespace tocsin::language
