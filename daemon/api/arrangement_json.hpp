// Arrangements as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "core/base/time.hpp"
#include "core/model/arrangements.hpp"

namespace tocsin::api {

[[nodiscard]] boost::json::object to_json(const MadeOverride& made);
[[nodiscard]] boost::json::object to_json(const MadeSilence& made);

/// "to_come", "holds", "over", or "ended" before its time.
[[nodiscard]] std::string_view state_of(const MadeOverride& made, TimePoint now);
/// The same; between the windows of a recurring one it holds all the same.
[[nodiscard]] std::string_view state_of(const MadeSilence& made, TimePoint now);

}  // namespace tocsin::api
