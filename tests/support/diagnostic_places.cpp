#include "tests/support/diagnostic_places.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::test {
namespace {

/// The column behind the last character counts: what is missing there has no other place.
bool is_in(const yaml::Place& place, std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto lines = split(text, '\n');
    if (place.line < 1 || static_cast<std::size_t>(place.line) > lines.size()) return false;
    const auto columns = static_cast<std::int32_t>(code_points(lines[static_cast<std::size_t>(place.line) - 1]));
    return place.column >= 1 && place.column <= columns + 1 && place.length >= 1;
}

}  // namespace

std::string flaw_in(const CompiledRulebook& compiled, std::span<const RulebookFile> files) {
    for (const auto& diagnostic : compiled.diagnostics.all()) {
        const auto& place = diagnostic.place;
        const auto said = to_string(place) + ": " + diagnostic.message;
        const auto is_it = [&](const RulebookFile& file) { return file.path == place.file; };
        const auto file = std::find_if(files.begin(), files.end(), is_it);
        if (file == files.end()) return "names no file: " + said;
        if (!is_in(place, file->text)) return "points outside the file: " + said;
        if (diagnostic.message.empty()) return "says nothing: " + said;
    }
    if ((compiled.rulebook == nullptr) != (compiled.diagnostics.errors() > 0)) return "errors and no rulebook do not go together";
    if (compiled.diagnostics.render().empty() != compiled.diagnostics.all().empty()) return "what is said is not shown";
    return {};
}

}  // namespace tocsin::test
