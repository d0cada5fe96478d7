// What is affected, and whose it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/storm.hpp"

namespace tocsin {

struct Service {
    std::string id;
    std::string title;
    std::string team;
    std::string escalation;
    std::string runbook;
    std::vector<std::string> depends_on;
    std::string triage;                  ///< The schedule that is told of notices, or empty.
    std::optional<PagingLimit> storm{};  ///< More pages than that go into digests; nothing: no limit.
    std::string reply_to{};  ///< Where its senders or stakeholders are told what to expect, if no rule says; a URL, or empty.
};

}  // namespace tocsin
