// Where the project is, and where this build of it is: the only part of the tests that depends on either.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::test {

/// A path below the project's folder, or that folder.
[[nodiscard]] std::string source_path(std::string_view relative = {});
/// The same below the folder of this build: `built_path("tocsin")` is the program.
[[nodiscard]] std::string built_path(std::string_view relative = {});

}  // namespace tocsin::test
