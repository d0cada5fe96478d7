// Answers that were recorded from Opsgenie itself (tests/samples/opsgenie_api_responses): what clients rely on.
#pragma once

#include <string>

#include "tests/support/http_client.hpp"

namespace tocsin::test {

/// All members that the recorded answer has, at any depth, are in ours, with the same types. Which fields are wrong, below
/// `errors`, is another matter each time.
void expect_shape(const std::string& recorded, const HttpAnswer& answer);

}  // namespace tocsin::test
