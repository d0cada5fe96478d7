// A small learner team and its rules, for the tests of `tocsin test` and `tocsin explain`.
#pragma once

#include <string>
#include <vector>

#include "rules/check/rulebook_tests.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check::kit {

/// cambridge-a is paged first (push, a minute later text), cambridge-b after five minutes, then the manager. No rounds.
/// Rules: staging is recorded; 100 or more 5xx of the LMS page; everything else is a notice to cambridge-b.
[[nodiscard]] Rulebook learner_rulebook(std::vector<RulebookTest> tests, match::SilenceSet silences = {});

/// An alert "source splunk" whose fields are payload.count and labels.environment.
[[nodiscard]] ParsedAlert errors(const std::string& count, const std::string& environment);

/// Reads "<count> <environment>"; refuses everything else.
[[nodiscard]] ParseAlert parser();

/// 2026-03-08 03:30 in New York.
/// The daemon's intake.
[[nodiscard]] ParseAlert real_parser();

[[nodiscard]] TimePoint start();

[[nodiscard]] TestGiven alert_at(Duration offset, std::string payload);
[[nodiscard]] TestGiven acknowledgement_at(Duration offset, std::string person);

}  // namespace tocsin::check::kit
