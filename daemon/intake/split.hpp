// A body of many alerts -> bodies of one alert each, so that what is kept of an alert is no more than its own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

struct Parts {
    std::vector<std::string> bodies;
    std::vector<std::string> refused;  ///< What is no alert: which one, and why.
};

/// How a kind splits its bodies: nothing if the body is one alert as it is. The instant is when it was received, if that is
/// known. TooLarge for more alerts, or more text, than we take at once.
using Split = Result<std::optional<Parts>> (*)(JsonView root, std::optional<TimePoint> received_at);

/// Each element of the list to which these keys lead in an envelope of its own: the root with that element alone in the list.
/// Nothing if there is no list, or one of a single element.
[[nodiscard]] Result<std::optional<Parts>> split_at(JsonView root, std::span<const std::string_view> keys);
/// The same of the root's member `list`.
[[nodiscard]] Result<std::optional<Parts>> split_member(JsonView root, std::string_view list);
/// The same of a body that parse() gave: nothing if the list is empty too, as a body with which somebody tells us something is
/// not to be lost for it.
[[nodiscard]] Result<std::optional<Parts>> split_body(std::string body, const std::vector<std::string>& keys);
/// Each element of a root that is an array.
[[nodiscard]] Result<std::optional<Parts>> split_root(JsonView root, std::optional<TimePoint> received_at);

/// Refused if so many alerts with so many bytes around each are too much.
[[nodiscard]] Result<void> check_parts(std::size_t alerts, std::size_t envelope_bytes);

}  // namespace tocsin::intake
