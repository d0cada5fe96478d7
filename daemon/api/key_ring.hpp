// The keys of sources in memory: who shows one is known without asking the database.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ports/key_book.hpp"

namespace tocsin::api {

/// Home: the io thread.
class KeyRing {
public:
    /// In place of all that it held; what it knows of later uses stays.
    void hold(std::vector<SourceKey> keys);
    /// All of them, in the order in which they came.
    [[nodiscard]] const std::vector<SourceKey>& keys() const { return keys_; }

    /// The key that is shown, or null if there is none such that is live. The pointer is good until hold().
    [[nodiscard]] const SourceKey* find(std::string_view shown, TimePoint now) const;
    void note_use(const SourceKey& key, TimePoint now);
    /// What was noted since this was last asked.
    [[nodiscard]] std::vector<KeyUse> take_uses();

private:
    std::vector<SourceKey> keys_;
    std::unordered_map<std::string, std::size_t> by_hash_;
    std::unordered_map<std::string, TimePoint> uses_;  ///< By id.
};

}  // namespace tocsin::api
