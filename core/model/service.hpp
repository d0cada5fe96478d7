// What is affected, and whose it is.
#pragma once

#include <string>
#include <vector>

namespace tocsin {

struct Service {
    std::string id;
    std::string title;
    std::string team;
    std::string escalation;
    std::string runbook;
    std::vector<std::string> depends_on;
    std::string triage;    ///< The schedule that is told of notices, or empty.
    std::string reply_to;  ///< Where its senders or stakeholders are told what to expect, if no rule says; a URL, or empty.
};

}  // namespace tocsin
