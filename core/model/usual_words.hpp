// What is made of an alert's words where nothing says better: words for a state, and what stands for a key or a title.
#pragma once

#include <string>
#include <string_view>

#include "core/model/alert.hpp"

namespace tocsin {

/// What a sender's word for a state means: "resolved", "OK", "recovery", ... are ends, "acknowledged" is that, any other fires.
[[nodiscard]] AlertAction action_meant(std::string_view status);

/// The key of an alert that says nothing by which it could be known.
inline constexpr std::string_view kUnnamedKey = "unnamed";
/// The title of an alert that has none.
[[nodiscard]] std::string untitled(std::string_view key);

}  // namespace tocsin
