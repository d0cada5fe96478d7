// The watches, in memory: few, and asked about at every batch.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/watch.hpp"

namespace tocsin::store {

class WatchSet {
public:
    void put(Watch watch);
    void erase(std::string_view key);

    /// Null if there is none. Valid until the next change.
    [[nodiscard]] const Watch* find(std::string_view key) const;
    [[nodiscard]] const std::map<std::string, Watch, std::less<>>& all() const { return watches_; }
    /// Costs nothing while none is due.
    [[nodiscard]] std::vector<std::string> due(TimePoint now) const;
    [[nodiscard]] std::optional<TimePoint> next() const { return next_; }

private:
    void find_next();

    std::map<std::string, Watch, std::less<>> watches_;
    std::optional<TimePoint> next_;
};

}  // namespace tocsin::store
