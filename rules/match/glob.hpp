// Patterns with `*` and `?`, matched without backtracking.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/match/fold.hpp"

namespace tocsin::match {

/// `*` is any run, the empty one too; `?` is one code point; everything else is itself (a backslash too: values are full of
/// Windows paths). The pattern stands for the whole value. The time is that of a substring search for each piece between two
/// stars.
class Glob {
public:
    Glob(std::string_view pattern, Letters letters);

    [[nodiscard]] bool matches(std::string_view value) const;

private:
    std::vector<std::string> pieces_;  ///< What stands between the stars; without a star there is one.
    Letters letters_;
};

}  // namespace tocsin::match
