// What clients of the Opsgenie API send: a Create as it is, or what they say about it later in the words of Opsgenie's webhook.
#pragma once

#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one body says. A body with an `action` and an `alert` is that of a webhook, and the alert is known by its alias; any
/// other is a Create. `source` and `kind` are left to the caller.
[[nodiscard]] Alert opsgenie_api_alert(JsonView body);

/// The alias under which an alert is known: as it is, or, if it is longer than Opsgenie allows (512), its beginning and a hash.
[[nodiscard]] std::string opsgenie_alias(std::string_view alias);

}  // namespace tocsin::intake
