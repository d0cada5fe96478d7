// A silence as Alertmanager's clients post it. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace tocsin::api {

/// The same as POST /api/v1/silences wants it, as JSON; Invalid says which matcher is none.
[[nodiscard]] Result<std::string> silence_asked_by(const boost::json::object& silence);

/// The text of a member, or nothing.
[[nodiscard]] std::string text_in(const boost::json::object& object, std::string_view key);

}  // namespace tocsin::api
