// What the rules that matched say together, and the verdict that follows from it.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <optional>

#include "core/model/fields.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// What a later rule sets wins over what an earlier one (with `continue`) set; `actionable` adds up, and of
/// the incident's life each part is set by itself. Points into the rules.
class Decision {
public:
    void take(const RuleSpec& rule, std::int32_t index);

    [[nodiscard]] Verdict verdict(const Fields& fields, const Roster& roster) const;

private:
    [[nodiscard]] Severity severity(const Fields& fields) const;

    const RuleSpec* rule_ = nullptr;  ///< The last that matched.
    std::int32_t index_ = -1;
    const std::string* service_ = nullptr;
    std::optional<Severity> severity_;
    std::optional<Urgency> urgency_;
    const Template* summary_ = nullptr;
    const std::vector<std::string>* incident_ = nullptr;
    LifecycleSpec lifecycle_;
    const Template* reply_to_ = nullptr;
    std::optional<Duration> resolve_after_;
    boost::container::small_vector<const RuleSpec*, 4> with_actionable_;
};

}  // namespace tocsin::match
