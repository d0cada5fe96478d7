// The rules asked one by one, in order: the way to explain a verdict, and what the index is proven against.
#pragma once

#include <span>
#include <vector>

#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/program.hpp"

namespace tocsin::match {

class PlainRules {
public:
    /// The rules must stay where they are, and must have been checked.
    explicit PlainRules(std::span<const RuleSpec> rules);

    /// As RuleSet::classify().
    [[nodiscard]] Verdict classify(const Fields& fields, const Roster& roster, TimePoint now, Trail* trail) const;

private:
    [[nodiscard]] TrailStep step(std::size_t i, const AlertView& alert, TimePoint now) const;

    std::span<const RuleSpec> rules_;
    Program program_;
    std::vector<Program::Root> roots_;  ///< One for each rule.
};

[[nodiscard]] bool is_in_time(const RuleSpec& rule, TimePoint now);

}  // namespace tocsin::match
