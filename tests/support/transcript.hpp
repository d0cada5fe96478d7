// What was asked of the daemon and answered, one after the other, as a file of tests/golden/answers has it.
//
//     Transcript told(daemon, Daemon::proof_of("og"));
//     told.ask("a message is needed", {"POST", "/v2/alerts", "{}"});
//     told.expect("opsgenie_refusals.txt");
#pragma once

#include <string>

#include "tests/support/daemon.hpp"
#include "tests/support/placeholders.hpp"

namespace tocsin::test {

class Transcript {
public:
    /// Each request carries these headers, unless it has some of its own.
    Transcript(Daemon& daemon, HttpHeaders usual) : daemon_(daemon), usual_(std::move(usual)) {}

    /// Of another client: nothing is written down yet.
    void begin(HttpHeaders usual);
    /// Asks, and writes down the request, and of the answer its status line, its headers and its body.
    HttpAnswer ask(const std::string& title, HttpRequest request);
    /// The test fails if it is not what the file says.
    void expect(const std::string& file) const;

private:
    Daemon& daemon_;
    HttpHeaders usual_;
    Placeholders placeholders_;
    std::string text_;
};

}  // namespace tocsin::test
