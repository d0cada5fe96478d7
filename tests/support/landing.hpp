// Where each sample of a folder lands: how it is answered, what is kept of it, and which incident it opens or changes.
#pragma once

#include <string>
#include <vector>

#include "tests/support/daemon.hpp"

namespace tocsin::test {

/// Of a key that the daemon made.
inline constexpr const char* kMadeHere = "(made here)";

/// What is kept of one alert.
struct Kept {
    std::string action;  ///< The sender's word.
    std::string key;
    int incident = 0;  ///< In the order in which they were opened; 0: it opens none and finds none.
};

struct Landing {
    std::string file;
    unsigned status = 202;
    std::vector<Kept> kept{};  ///< One for each alert in it; none if it is refused.
    std::string request{};     ///< "PUT /v2/alerts/a/message"; empty: POST to the door.
    std::string body{};        ///< In place of the file's.
};

/// How an incident stands when all have landed.
struct Ending {
    std::string severity;  ///< The sender's own: the rulebook sets none.
    std::string state;
};

/// The samples of a folder in an order that makes sense.
struct Story {
    std::string folder;
    std::string source;
    std::string door;
    std::vector<Landing> landings;
    std::vector<Ending> endings;          ///< Of the incidents 1, 2, ...: there are no others.
    std::vector<std::string> not_sent{};  ///< Files that are no bodies: other tests read them.
};

/// Plays it to a daemon of its own. Every file of the folder must have its landing; what is a credential of the sender's
/// (`session_key`) must be in neither the database nor the log.
void expect_story(const Story& story);

}  // namespace tocsin::test
