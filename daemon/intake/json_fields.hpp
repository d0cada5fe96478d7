// A body's JSON -> what rules see of it under `payload.`.
#pragma once

#include "core/model/fields.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// Adds every value inside `root`; the elements of an array stand under the array's path. Null is a field with an empty value.
void add_payload(JsonView root, Fields& fields);

/// The text of a value; the texts of an array's elements with `separator` between them; empty for objects and nothing.
[[nodiscard]] std::string joined_text(JsonView value, std::string_view separator);

}  // namespace tocsin::intake
