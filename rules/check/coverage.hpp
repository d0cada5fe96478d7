// What the tests of a rulebook have tried of its rules: which rules matched, and which conditions came out both ways.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/fields.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/condition_table.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::check {

struct NotReached {
    std::string rule;
    std::string place;
};
/// A condition (a rule's window is one too) that no test has seen hold, or none has seen fail.
struct NotTried {
    std::string rule;
    std::string place;
    std::string condition;
    bool has_held = false;
    bool has_failed = false;
};

struct CoverageReport {
    std::size_t rules = 0;
    std::size_t conditions = 0;
    std::vector<NotReached> not_reached;
    std::vector<NotTried> not_tried;

    /// Whole percents, rounded down; 100 where there is nothing to cover.
    [[nodiscard]] std::int64_t rules_percent() const;
    [[nodiscard]] std::int64_t conditions_percent() const;
};

class Coverage {
public:
    /// The rules must outlive it.
    explicit Coverage(const match::RuleSet& rules);

    /// An alert and what the rules said of it. Only rules that were asked count: those behind the one that decided saw nothing.
    void see(const Fields& fields, const Verdict& verdict, TimePoint now);

    [[nodiscard]] CoverageReport report() const;

private:
    struct Seen {
        bool held = false;
        bool failed = false;
        void take(bool outcome) { (outcome ? held : failed) = true; }
        [[nodiscard]] bool is_complete() const { return held && failed; }
    };
    [[nodiscard]] bool see_rule(std::size_t rule, const match::AlertView& alert, TimePoint now);
    void add_not_tried(CoverageReport& report, std::size_t rule) const;

    const match::RuleSet& rules_;
    match::ConditionTable table_;
    std::vector<bool> is_reached_;  ///< By rule.
    std::vector<Seen> conditions_;  ///< As in the table.
    std::vector<Seen> windows_;     ///< By rule.
};

}  // namespace tocsin::check
