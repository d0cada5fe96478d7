// Teams for simulations: one that is easy to follow, and random ones from a seed.
#pragma once

#include <memory>

#include "core/base/rng.hpp"
#include "core/model/alert.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::simulation {

/// `ana`, `bob` and `chief`, each with one contact; policy `two-steps`: ana, after 5m bob; once more; then chief; an ack lasts
/// 30m.
[[nodiscard]] std::shared_ptr<Roster> small_team();

/// Two to six people with one to three contacts, schedules with rotations and gaps, policies with empty steps among others, and
/// always the person `last` as a fallback who can be reached.
[[nodiscard]] std::shared_ptr<Roster> random_team(Rng& rng);

/// An alert of `source`, and the verdict that puts it into the incident `key` under a policy.
[[nodiscard]] Alert alert(std::string source, std::string key, AlertAction action = AlertAction::Fire);
[[nodiscard]] Verdict verdict(const std::string& key, const std::string& escalation);

}  // namespace tocsin::simulation
