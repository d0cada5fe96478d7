// What rulebook tests, explain and replay need of the daemon's intake, which is given from above.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "core/model/reading.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

struct ParsedAlert {
    Alert alert;
    Fields fields;  ///< All that rules see of it.
    std::optional<Reading> reading{};
};

/// What a source sent, or would send.
struct SentBody {
    std::string kind;
    std::string source;
    std::string payload;
    TimePoint received_at;
};

/// The bytes that a source would send -> the alerts in them, read by the mappings of the rulebook.
using ParseAlert = std::function<Result<std::vector<ParsedAlert>>(const Rulebook& rulebook, SentBody body)>;

}  // namespace tocsin::check
