// How the patterns of rules are handed to RE2. Only for the files that include RE2.
#pragma once

#include <re2/re2.h>

#include "rules/match/fold.hpp"

namespace tocsin::match {

/// Case folded or not, quiet about mistakes, within kRegexBytesMax.
[[nodiscard]] RE2::Options regex_options(Letters letters);

}  // namespace tocsin::match
