// Waivers: warnings that the authors have answered in the file.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::check {

void apply_waivers(const Compilation& compilation, yaml::Diagnostics& diagnostics, Linted linted) {
    std::vector<const language::WrittenWaiver*> unused;
    for (const auto& waiver : compilation.written.waivers) {
        const auto covers = [&](const yaml::Place& place) {
            return std::any_of(waiver.about.begin(), waiver.about.end(), [&](const auto& at) { return at.covers(place); });
        };
        if (diagnostics.waive(waiver.code.text, waiver.reason, covers) == 0) unused.push_back(&waiver);
    }
    if (linted == Linted::No) return;
    for (const auto* waiver : unused) {
        const bool is_asked = compilation.context.horizon || waiver->code.text != to_string(language::Warning::FirstStepGap);
        if (!is_asked) continue;
        language::warn(waiver->code.at, language::Warning::UnusedWaiver,
                       fmt::format("there is no {} here to waive: remove the waiver", waiver->code.text));
    }
}

}  // namespace tocsin::check
