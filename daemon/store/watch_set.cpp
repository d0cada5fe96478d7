#include "daemon/store/watch_set.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::store {

void WatchSet::put(Watch watch) {
    auto key = watch.key;
    watches_.insert_or_assign(std::move(key), std::move(watch));
    find_next();
}

void WatchSet::erase(std::string_view key) {
    const auto found = watches_.find(key);
    if (found == watches_.end()) return;
    watches_.erase(found);
    find_next();
}

const Watch* WatchSet::find(std::string_view key) const {
    const auto found = watches_.find(key);
    return found == watches_.end() ? nullptr : &found->second;
}

std::vector<std::string> WatchSet::due(TimePoint now) const {
    std::vector<std::string> keys;
    if (!next_ || *next_ > now) return keys;
    for (const auto& [key, watch] : watches_) {
        if (watch.due_at <= now) keys.push_back(key);
    }
    return keys;
}

void WatchSet::find_next() {
    next_.reset();
    for (const auto& [key, watch] : watches_) next_ = std::min(next_.value_or(watch.due_at), watch.due_at);
}

}  // namespace tocsin::store
