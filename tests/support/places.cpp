#include "tests/support/places.hpp"

namespace tocsin::test {
namespace {

std::string below(std::string folder, std::string_view relative) {
    if (relative.empty()) return folder;
    return folder.append(1, '/').append(relative);
}

}  // namespace

std::string source_path(std::string_view relative) { return below(TOCSIN_SOURCE_DIR, relative); }
std::string built_path(std::string_view relative) { return below(TOCSIN_BINARY_DIR, relative); }

}  // namespace tocsin::test
