// What editors know of a rulebook file: its JSON Schema, rulebook.schema.json beside this header.
#pragma once

#include <string_view>

namespace tocsin::language {

/// JSON, draft 7. It accepts every file that decode() takes without an error, and refuses what one file alone shows to be wrong:
/// unknown keys, wrong shapes, texts that are no duration or window. Names that other sections declare are not its business.
[[nodiscard]] std::string_view rulebook_schema();

}  // namespace tocsin::language
