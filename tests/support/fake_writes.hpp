// What a batch's writes do to the database in memory.
#pragma once

#include <vector>

#include "tests/support/fake_store.hpp"

namespace tocsin {

/// Whether two open incidents would have one key after the writes.
[[nodiscard]] bool keys_collide(const FakeDatabase& database, const Writes& writes);

void apply(FakeDatabase& database, const Writes& writes);

/// What a digest's page stands for, in the order in which it was decided.
[[nodiscard]] std::vector<PageId> held_by(const FakeDatabase& database, const Page& digest);

}  // namespace tocsin
