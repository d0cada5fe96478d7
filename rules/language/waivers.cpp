// `waive: { shadowed-rule: "kept until the move is done" }`, on the entry that a warning is about.
#include <fmt/format.h>

#include "rules/language/sections.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::language {
namespace {

/// Whether it is the code of a warning that may be waived; reported if not.
bool is_waivable(const yaml::Entry& entry) {
    const auto warning = parse_warning(entry.name);
    if (warning && *warning != Warning::UnusedWaiver) return true;
    if (warning) {
        entry.key.error(fmt::format("\"{}\" cannot be waived: remove the waiver that it is about", entry.name));
        return false;
    }
    if (entry.name == kFallbackGap) {
        entry.key.error(fmt::format("\"{}\" cannot be waived: it is an error, as nobody would be paged", entry.name));
        return false;
    }
    std::vector<std::string> codes;
    for (const auto one : warnings()) codes.emplace_back(to_string(one));
    yaml::hint_nearest(entry.key.error(fmt::format("no warning has the code \"{}\"", entry.name)), entry.name, codes);
    return false;
}

}  // namespace

void decode_waivers(const yaml::Cursor& value, const std::vector<yaml::Cursor>& about, Written& written) {
    for (const auto& entry : value.entries()) {
        const bool is_known = is_waivable(entry);
        auto reason = entry.value.is_empty() ? std::nullopt : entry.value.text();
        if (entry.value.is_empty()) entry.key.error(fmt::format("the waiver of \"{}\" needs a reason behind it", entry.name));
        if (is_known && reason) written.waivers.push_back({{entry.name, entry.key}, std::move(*reason), about});
    }
}

}  // namespace tocsin::language
