// How long functions are, by counting braces: no compiler, so it sees what a reader sees.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tocsin::tidy {

struct Function {
    std::size_t line = 0;   ///< Where its signature begins; 1-based.
    std::size_t lines = 0;  ///< From there to the closing brace.
    /// Seven tenths of it or more are one switch, or one static table: data in the shape of a function.
    bool is_mainly_a_table = false;
};

/// The functions at namespace or class scope; lambdas and local classes count as part of theirs. `code` has neither comments nor
/// what stands inside literals.
[[nodiscard]] std::vector<Function> functions_of(const std::vector<std::string>& code);

}  // namespace tocsin::tidy
