// Where and why a body is no JSON that we take: simdjson says little, so the failing body is read again, slowly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"

namespace tocsin::intake {

/// What a body may be.
enum class JsonRoot : std::uint8_t { Object, ObjectOrArray };

/// Invalid, with what was found and at which byte, line and column (all from 1; columns count code points), if the body is not a
/// JSON object (or array, where that is taken) nested at most limits::kJsonDepthMax deep; nothing if it is one. Strings may hold
/// lone surrogates and bytes that are no UTF-8: those can be mended. No more of the body than one character is quoted: it may
/// hold secrets.
[[nodiscard]] std::optional<Error> json_error(std::string_view body, JsonRoot root = JsonRoot::Object);

}  // namespace tocsin::intake
