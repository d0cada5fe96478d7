// The command line: arguments -> command -> exit code.
#pragma once

namespace tocsin::cli {

/// Exit codes, the same for every command and in --help.
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;  ///< What was asked did not succeed: a failing test, an error in a rulebook, a refused request.
inline constexpr int kWarnings = 2;      ///< `check --strict`: warnings only.
inline constexpr int kChanged = 2;       ///< `replay --fail-on-change`: something changes.
inline constexpr int kUsage = 64;        ///< The arguments are wrong.
inline constexpr int kUnavailable = 69;  ///< The server does not answer.
inline constexpr int kBadSettings = 78;  ///< tocsin.yaml or the rulebook keeps the daemon from starting.

[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace tocsin::cli
