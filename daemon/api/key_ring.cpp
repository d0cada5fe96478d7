#include "daemon/api/key_ring.hpp"

#include <utility>

#include "daemon/config/key_text.hpp"

namespace tocsin::api {
namespace {

/// Longer ones are none of ours: they are not hashed.
constexpr std::size_t kShownMax = 64;

}  // namespace

void KeyRing::hold(std::vector<SourceKey> keys) {
    keys_ = std::move(keys);
    by_hash_.clear();
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        by_hash_.emplace(keys_[i].hash, i);
        if (const auto used = uses_.find(keys_[i].id); used != uses_.end()) keys_[i].last_used_at = used->second;
    }
}

const SourceKey* KeyRing::find(std::string_view shown, TimePoint now) const {
    if (shown.empty() || shown.size() > kShownMax || keys_.empty()) return nullptr;
    const auto found = by_hash_.find(config::key_hash(shown));
    if (found == by_hash_.end() || !is_live(keys_[found->second], now)) return nullptr;
    return &keys_[found->second];
}

void KeyRing::note_use(const SourceKey& key, TimePoint now) {
    uses_.insert_or_assign(key.id, now);
    keys_[by_hash_.at(key.hash)].last_used_at = now;
}

std::vector<KeyUse> KeyRing::take_uses() {
    std::vector<KeyUse> uses;
    for (auto& [id, at] : uses_) uses.push_back({id, at});
    uses_.clear();
    return uses;
}

}  // namespace tocsin::api
