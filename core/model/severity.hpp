// How bad (severity) and how loud (urgency).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin {

/// From worst to mildest; critical ... info are Opsgenie's P1 ... P5.
enum class Severity : std::uint8_t { Critical, High, Moderate, Low, Info };
inline constexpr std::array kSeverities{Severity::Critical, Severity::High, Severity::Moderate, Severity::Low, Severity::Info};

/// From loudest to quietest: wake someone; tell the triage rota in its hours; keep and tell nobody.
enum class Urgency : std::uint8_t { Page, Notice, Record };

[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(Urgency urgency);
/// "critical", "high", ... or "P1" ... "P5", without regard to case.
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view text);
/// What a sender's word means, where no rule says: the above, and what monitoring says in their place ("error", "major",
/// "warning", "fatal", ...). A warning is low: those who send it tell apart by it what need not wake anybody.
[[nodiscard]] std::optional<Severity> severity_meant(std::string_view word);
[[nodiscard]] std::optional<Urgency> parse_urgency(std::string_view text);

[[nodiscard]] constexpr bool is_worse(Severity a, Severity b) { return a < b; }
[[nodiscard]] constexpr bool is_louder(Urgency a, Urgency b) { return a < b; }

/// What a rule that names no urgency means: critical, high and moderate page, low is a notice, info is recorded.
[[nodiscard]] Urgency default_urgency(Severity severity);

}  // namespace tocsin
