// Warnings about mappings that are never asked, and about keys that are the same for all alerts.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/lint.hpp"
#include "rules/language/warnings.hpp"
#include "rules/match/implication.hpp"

namespace tocsin::check {
namespace {

using language::warn;
using language::Warning;
using language::WrittenMapping;

bool is_of(const WrittenMapping& mapping, const std::string& source) {
    const auto& sources = mapping.spec.sources;
    return std::find(sources.begin(), sources.end(), source) != sources.end();
}

/// The mapping of those before it that takes all alerts of the source that this one would.
const WrittenMapping* shadow_of(const std::vector<WrittenMapping>& all, std::size_t index, const std::string& source) {
    const match::Formula wanted(all[index].spec.match);
    for (std::size_t i = 0; i < index; ++i) {
        if (is_of(all[i], source) && match::implies(wanted, match::Formula(all[i].spec.match))) return &all[i];
    }
    return nullptr;
}

void lint_order(const std::vector<WrittenMapping>& all, std::size_t index) {
    const auto& mapping = all[index];
    for (const auto& source : mapping.sources) {
        const auto* before = shadow_of(all, index, source.text);
        if (before == nullptr) continue;
        warn(source.at, Warning::ShadowedMapping,
             fmt::format("no alert of \"{}\" gets to this mapping: \"{}\" ({}) takes all of them", source.text, before->spec.name,
                         before->spec.place))
            .hints.emplace_back("the first mapping whose match holds counts: give that one a match, or put this one before it");
    }
}

/// Of several templates the last is the one that always can be filled.
void lint_key(const WrittenMapping& mapping) {
    for (const auto& text : mapping.spec.key) {
        if (std::any_of(text.parts.begin(), text.parts.end(), [](const auto& part) { return part.is_field; })) continue;
        warn(mapping.key_at, Warning::ConstantKey, "a key without a field: all alerts with it are taken for one and the same")
            .hints.emplace_back("name what tells them apart, such as ${payload.id}");
        return;
    }
}

}  // namespace

void lint_mappings(const Compilation& compilation) {
    const auto& all = compilation.written.mappings;
    for (std::size_t i = 0; i < all.size(); ++i) {
        lint_order(all, i);
        lint_key(all[i]);
    }
}

}  // namespace tocsin::check
