// One call to the database by somebody who rarely calls: waits for the turn, does it, and says what it was about if it failed.
#pragma once

#include "daemon/store/sqlite_database.hpp"

namespace tocsin::store {

/// `body` returns a Result; `whose` tells one caller from another.
template <class Body>
auto in_turn(SqliteDatabase& database, const void* whose, const char* doing, Body body) -> decltype(body()) {
    if (auto turn = database.turns().take(whose, database.busy_timeout()); !turn) return turn.error().in(doing);
    auto result = body();
    database.turns().end();
    if (!result) return result.error().in(doing);
    return result;
}

}  // namespace tocsin::store
