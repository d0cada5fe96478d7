// JSON of any sender: what the names that most of them use usually mean. The rest is for rules, which see all of it below
// `payload.`.
#pragma once

#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body probably says. `source` and `kind` are left to the caller.
[[nodiscard]] Alert generic_alert(JsonView body);

}  // namespace tocsin::intake
