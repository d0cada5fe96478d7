// A program that a test starts, watches and ends.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace tocsin::test {

struct Command {
    std::vector<std::string> argv;
    std::vector<std::string> environment{};  ///< "NAME=value", besides the test's own or in their place.
    std::string input{};                     ///< What it reads on standard input.
    std::string out_path{};                  ///< Where standard output goes; empty: nowhere.
    std::string error_path{};                ///< Where standard error goes; empty: nowhere.
};

/// How a program ended.
struct Exit {
    int code = -1;   ///< If it ended by itself.
    int signal = 0;  ///< If a signal killed it.
    friend bool operator==(const Exit&, const Exit&) = default;
};

class Process {
public:
    explicit Process(const Command& command);
    /// Kills it if it still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    void signal(int number) const;
    /// Nothing if it still runs after `patience`.
    [[nodiscard]] std::optional<Exit> wait(Duration patience);
    [[nodiscard]] bool is_running();
    /// Memory that is resident just now; 0 once it has ended.
    [[nodiscard]] std::size_t resident_bytes() const;

private:
    pid_t pid_ = -1;
    int pidfd_ = -1;
    std::optional<Exit> exit_;
};

/// What a program that ran to its end has said.
struct Outcome {
    Exit exit;
    std::string out;
    std::string error;
};
/// Runs it and waits; the test fails if that takes longer than a minute.
[[nodiscard]] Outcome run(Command command);

/// Whether a program of this name is on the PATH.
[[nodiscard]] bool has_program(const std::string& name);

}  // namespace tocsin::test
