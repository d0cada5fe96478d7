// An alert on its way into the engine.
#pragma once

#include <string>

#include "core/model/alert.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::runtime {

/// An alert that was accepted at the door and classified.
struct AlertMessage {
    Alert alert;
    Verdict verdict;  ///< Of Fire only; for every other action the incident is found by the alert's key.
    std::string payload;
    std::string trace;
};

}  // namespace tocsin::runtime
