// Words of Alertmanager, Opsgenie, PagerDuty and others that people bring along, and what to write here instead. Each list is
// for the keys of one kind of map. Private to rules/language.
#pragma once

#include <span>

#include "rules/yaml/cursor.hpp"

namespace tocsin::language::other_words {

[[nodiscard]] std::span<const yaml::OtherWords> of_file();
[[nodiscard]] std::span<const yaml::OtherWords> of_person();
[[nodiscard]] std::span<const yaml::OtherWords> of_schedule();
[[nodiscard]] std::span<const yaml::OtherWords> of_layer();
[[nodiscard]] std::span<const yaml::OtherWords> of_escalation();
[[nodiscard]] std::span<const yaml::OtherWords> of_step();
[[nodiscard]] std::span<const yaml::OtherWords> of_service();
[[nodiscard]] std::span<const yaml::OtherWords> of_storm();
[[nodiscard]] std::span<const yaml::OtherWords> of_rule();
[[nodiscard]] std::span<const yaml::OtherWords> of_incident();
[[nodiscard]] std::span<const yaml::OtherWords> of_mapping();
[[nodiscard]] std::span<const yaml::OtherWords> of_status();
[[nodiscard]] std::span<const yaml::OtherWords> of_mapped_priority();
/// Fields of an alert, and what combines them.
[[nodiscard]] std::span<const yaml::OtherWords> of_match();
[[nodiscard]] std::span<const yaml::OtherWords> of_operators();
/// Values of `severity` and `urgency`.
[[nodiscard]] std::span<const yaml::OtherWords> of_severity();
[[nodiscard]] std::span<const yaml::OtherWords> of_urgency();

}  // namespace tocsin::language::other_words
