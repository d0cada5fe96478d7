// The coverage proof in words: when an escalation would page nobody, at the place of the step or fallback.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "core/oncall/coverage.hpp"
#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {
namespace {

using oncall::Gap;

/// Shapes of gaps that are told apart in one diagnostic; of more, only their number is said.
constexpr std::size_t kShapesShown = 4;

std::string why_text(const oncall::Absence& absence) {
    const auto& [target, person] = absence;
    if (target.kind == Target::Kind::Person) return fmt::format("\"{}\" has no contact", target.id);
    const auto what = target.role == Role::Primary ? "on call" : to_string(target.role);
    if (person.empty()) return fmt::format("nobody is {} in \"{}\"", what, target.id);
    return fmt::format("\"{}\" is {} in \"{}\" and has no contact", person, what, target.id);
}

std::string why_text(const Gap& gap) {
    std::vector<std::string> all;
    for (const auto& absence : gap.why) all.push_back(why_text(absence));
    return fmt::format("{}", fmt::join(all, ", and "));
}

/// The clocks by which a reader thinks of the gaps: those of the first schedule, else those of the first person.
Zone zone_of(const Gap& gap, const Roster& roster) {
    for (const auto& [target, person] : gap.why) {
        if (const auto* schedule = roster.schedule(target.id); target.kind == Target::Kind::Schedule && schedule != nullptr)
            return schedule->time_zone;
    }
    const auto* person = gap.why.empty() ? nullptr : roster.person(gap.why.front().target.id);
    return person == nullptr ? Zone{} : person->time_zone;
}

std::string civil_text(TimePoint t, const Zone& zone) {
    auto text = format_in(t, zone);
    text.resize(text.size() - zone.name().size() - 1);
    return text;
}

/// Gaps that differ in their day only.
struct Shape {
    Gap first;
    Gap last;
    std::size_t count = 0;
};

std::vector<Shape> folded(const std::vector<Gap>& gaps, const Zone& zone) {
    using Key = std::tuple<std::string, std::chrono::seconds, std::chrono::seconds>;
    std::map<Key, std::size_t> known;
    std::vector<Shape> shapes;
    for (const auto& gap : gaps) {
        const auto begin = zone.to_civil(gap.from);
        const Key key{why_text(gap), begin - std::chrono::floor<std::chrono::days>(begin), zone.to_civil(gap.until) - begin};
        const auto [found, is_new] = known.try_emplace(key, shapes.size());
        if (is_new) shapes.push_back({gap, gap, 0});
        auto& shape = shapes[found->second];
        shape.last = gap;
        ++shape.count;
    }
    return shapes;
}

class CoverageLint {
public:
    CoverageLint(const Compilation& compilation, const Roster& roster)
        : written_(compilation.written),
          roster_(roster),
          horizon_(*compilation.context.horizon),
          coverage_(roster, horizon_.from, horizon_.until) {}

    void run() {
        for (const auto& written : written_.escalations) {
            const auto* escalation = roster_.escalation(written.id.text);
            if (escalation == nullptr || escalation->steps.empty() || !written.fallback) continue;
            lint_first_step(written, *escalation);
            lint_fallback(written, *escalation);
        }
    }

private:
    void lint_first_step(const language::WrittenEscalation& written, const Escalation& escalation) {
        const auto gaps = coverage_.gaps(escalation.steps.front().page);
        if (gaps.empty()) return;
        auto& warning = language::warn(written.steps.front().page.front().at, language::Warning::FirstStepGap,
                                       message("the first step of \"{}\" pages nobody", written.id.text, gaps));
        add_shapes(warning, gaps);
        warning.hints.emplace_back("such an incident goes on to the next step at once");
    }

    void lint_fallback(const language::WrittenEscalation& written, const Escalation& escalation) {
        const auto gaps = coverage_.gaps({&escalation.fallback, 1});
        if (gaps.empty()) return;
        auto& error = written.fallback->at.error(message("the fallback of \"{}\" can be nobody", written.id.text, gaps));
        error.code = language::kFallbackGap;
        add_shapes(error, gaps);
        error.hints.emplace_back("name a person with a contact, or give the schedule a first layer without \"during\"");
    }

    [[nodiscard]] std::string message(fmt::format_string<const std::string&> what, const std::string& escalation,
                                      const std::vector<Gap>& gaps) const {
        const auto& first = gaps.front();
        return fmt::format("{} {}: {}", fmt::format(what, escalation), when(first), why_text(first));
    }

    /// "from Fri 2026-01-09 17:00 to Mon 2026-01-12 09:00 America/New_York (2026-01-09T22:00:00Z to 2026-01-12T14:00:00Z)"
    [[nodiscard]] std::string when(const Gap& gap) const {
        if (gap.from == horizon_.from && gap.until == horizon_.until) {
            return fmt::format("at any time from {} to {}", format_utc(gap.from), format_utc(gap.until));
        }
        const auto zone = zone_of(gap, roster_);
        return fmt::format("from {} to {} ({} to {})", civil_text(gap.from, zone), format_in(gap.until, zone),
                           format_utc(gap.from), format_utc(gap.until));
    }

    void add_shapes(yaml::Diagnostic& diagnostic, const std::vector<Gap>& gaps) const {
        const auto zone = zone_of(gaps.front(), roster_);
        const auto shapes = folded(gaps, zone);
        for (std::size_t i = 0; i < std::min(shapes.size(), kShapesShown); ++i) {
            const auto& [first, last, count] = shapes[i];
            const auto more = count == 1
                                  ? std::string()
                                  : fmt::format("and {} more like it, the last until {}", count - 1, format_in(last.until, zone));
            if (i == 0 && count > 1) diagnostic.hints.push_back(more);
            if (i == 0) continue;
            const auto reason = why_text(first) == why_text(gaps.front()) ? "" : ": " + why_text(first);
            diagnostic.hints.push_back(fmt::format("also {}{}{}{}", when(first), reason, count == 1 ? "" : "; ", more));
        }
        std::size_t left_out = 0;
        for (std::size_t i = kShapesShown; i < shapes.size(); ++i) left_out += shapes[i].count;
        if (left_out > 0)
            diagnostic.hints.push_back(fmt::format("and {} gap{} of other shapes", left_out, left_out == 1 ? "" : "s"));
    }

    const language::Written& written_;
    const Roster& roster_;
    Horizon horizon_;
    oncall::Coverage coverage_;
};

}  // namespace

void lint_coverage(const Compilation& compilation, const Roster& roster) {
    if (compilation.context.horizon) CoverageLint(compilation, roster).run();
}

}  // namespace tocsin::check
