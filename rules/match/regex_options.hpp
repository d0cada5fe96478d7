// How the patterns of rules are handed to RE2.
#pragma once

#include "rules/match/regex.hpp"

namespace tocsin::match {

/// Case folded or not, quiet about mistakes, within kRegexBytesMax. `Options` is RE2::Options, which only .cpp files see.
template <class Options>
[[nodiscard]] Options regex_options(Letters letters) {
    Options options;
    options.set_max_mem(kRegexBytesMax);
    options.set_log_errors(false);
    options.set_case_sensitive(letters == Letters::AsWritten);
    return options;
}

}  // namespace tocsin::match
