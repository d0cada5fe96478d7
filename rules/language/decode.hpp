// YAML -> what the author wrote: shapes, types and ranges. Names that point elsewhere are judged by rules/check.
#pragma once

#include "rules/language/written.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::language {

/// Adds what a file says; everything that is wrong is reported to the document's diagnostics, and what is right around it is
/// taken. The document must outlive `written`.
void decode(const yaml::Document& document, Written& written);

/// A silence that is made at run time: its `match` and, if they are not absent, its windows. It has no name and no times yet.
[[nodiscard]] WrittenSilence decode_made_silence(const yaml::Cursor& match, const yaml::Cursor& windows);

}  // namespace tocsin::language
