// A body's JSON -> what rules see of it under `payload.`.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// Adds every value inside `root`; the elements of an array stand under the array's path. Null is a field with an empty value.
void add_payload(JsonView root, Fields& fields);

/// What the texts of a field say that are JSON themselves: added below the field's path, where they stand as texts too. A text
/// that is none adds nothing.
void add_json_in(std::string_view path, Fields& fields);

/// The text of a value; the texts of an array's elements with `separator` between them; empty for objects and nothing.
[[nodiscard]] std::string joined_text(JsonView value, std::string_view separator);

/// The first of these texts that says something, or empty.
[[nodiscard]] std::string first_text(std::initializer_list<JsonView> values);
/// The value of the first of these members that is a text, number or boolean and not empty; else nothing.
[[nodiscard]] JsonView first_member(JsonView object, std::span<const std::string_view> names);

/// Labels, and tags, of one alert: far more than anybody sends. What is beyond can still be seen under `payload.`.
inline constexpr std::size_t kLabelsMax = 500;
/// Adds a label, unless it is empty or there are kLabelsMax.
void add_label(Alert& alert, std::string_view name, std::string value);
/// The members of an object as labels; the texts of an array joined by ", ".
void add_labels_of(JsonView object, Alert& alert);

}  // namespace tocsin::intake
