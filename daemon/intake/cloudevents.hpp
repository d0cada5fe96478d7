// CloudEvents 1.0: an envelope around any event. Structured and batched mode; binary mode is turned into structured at the door.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// What one event says: its data by the usual names, where it has any, else the envelope. `source` and `kind` are left to the
/// caller.
[[nodiscard]] Alert cloudevents_alert(JsonView event);

/// A body that came in binary mode as the same event in structured mode: the attributes that `header` knows as `ce-...` around
/// the body, which is taken as JSON if it is an object or an array, else as text.
[[nodiscard]] std::string structured_event(const std::string& body,
                                           const std::function<std::string_view(std::string_view name)>& header);

}  // namespace tocsin::intake
