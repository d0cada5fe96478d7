// The part of an opened file that is about watches.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "daemon/store/rows.hpp"
#include "daemon/store/sqlite_database.hpp"

namespace tocsin::store {

Result<void> SqliteDatabase::load_watches() {
    auto rows = connection_.prepare(fmt::format("SELECT {} FROM watch", kWatchColumns));
    if (!rows) return rows.error();
    while (true) {
        auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return {};
        watches_.put(read_watch(*rows));
    }
}

void SqliteDatabase::find_watches(std::span<const IncidentRef> refs, Locked& locked) const {
    std::set<std::string_view> wanted;
    const auto is_about_all = [](const IncidentRef& ref) { return ref.watch == kAllWatches; };
    const bool wants_all = std::any_of(refs.begin(), refs.end(), is_about_all);
    for (const auto& [key, watch] : watches_.all()) {
        if (wants_all) wanted.insert(key);
    }
    for (const auto& ref : refs) {
        if (!ref.watch.empty()) wanted.insert(ref.watch);
    }
    for (const auto key : wanted) {
        if (const auto* watch = watches_.find(key)) locked.watches.push_back(*watch);
        const auto is_it = [&](const Incident& incident) { return incident.is_open() && incident.key == key; };
        const auto* open = wants_all ? open_.find(key) : nullptr;
        if (open == nullptr || std::any_of(locked.incidents.begin(), locked.incidents.end(), is_it)) continue;
        locked.incidents.push_back(open->incident);
    }
}

}  // namespace tocsin::store
