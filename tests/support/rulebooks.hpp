// Rulebooks for tests of the whole program: two people and a manager, each reached through the channel `hook`.
#pragma once

#include <string>

namespace tocsin::test {

/// The text of a rulebook of one file.
struct Rulebook {
    std::string yaml;

    /// Every alert is `high`, of the service `site`, and pages `ana`; after five minutes `ben`.
    [[nodiscard]] static Rulebook tiny();
    /// The same, with this wait before `ben` is paged: "1s".
    [[nodiscard]] static Rulebook escalating_after(const std::string& wait);
    /// The same, but for how bad and how loud an alert is: what its sender says.
    [[nodiscard]] static Rulebook as_sent();
};

}  // namespace tocsin::test
