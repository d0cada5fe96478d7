#include "daemon/store/arrangement_rows.hpp"

#include <fmt/format.h>

#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

/// Every row that the query finds goes to `take`.
template <class Take>
Result<void> each(Connection& connection, const std::string& sql, Take take) {
    auto rows = connection.prepare(sql);
    if (!rows) return rows.error();
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        take(*rows);
    }
}

}  // namespace

Result<Arrangements> stored_arrangements(Connection& connection, TimePoint now) {
    Arrangements known;
    const auto overrides = fmt::format("SELECT {} FROM made_override WHERE ends_at > {} ORDER BY id", kOverrideColumns,
                                       to_unix_ms(now - kPastOverridesKnown));
    const auto silences = fmt::format("SELECT {} FROM made_silence WHERE ended_at IS NULL AND ends_at > {} ORDER BY id",
                                      kSilenceColumns, to_unix_ms(now));
    auto done = each(connection, overrides, [&](Statement& row) { known.overrides.push_back(read_override(row)); });
    if (done) done = each(connection, silences, [&](Statement& row) { known.silences.push_back(read_silence(row)); });
    if (done) {
        done = each(connection, fmt::format("SELECT {} FROM told", kToldColumns), [&](Statement& row) {
            auto told = read_told(row);
            known.told.emplace(std::move(told.what), told.of);
        });
    }
    if (!done) return done.error().in("reading what was arranged at run time");
    const auto last = connection.number(
        "SELECT max(coalesce((SELECT max(id) FROM made_override), 0), coalesce((SELECT max(id) FROM made_silence), 0))");
    if (!last) return last.error().in("numbering what is arranged at run time");
    known.last_id = {*last};
    return known;
}

}  // namespace tocsin::store
