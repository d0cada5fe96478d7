#include "core/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace tocsin {

void assertion_failed(const char* claim, const char* why, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: a bug in tocsin: %s does not hold: %s\n", file, line, claim, why);
    std::abort();
}

}  // namespace tocsin
