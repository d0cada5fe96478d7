// What is wrong with a request.
#pragma once

#include <map>
#include <string>

namespace tocsin::opsgenie {

/// Field to text, as Opsgenie's `errors`.
using FieldErrors = std::map<std::string, std::string>;

}  // namespace tocsin::opsgenie
