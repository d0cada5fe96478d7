#include "rules/match/presence.hpp"

namespace tocsin::match {

std::uint32_t PresencePaths::add(std::uint32_t path, std::string_view text) {
    const auto [at, is_new] = numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(paths_.size()));
    if (is_new) paths_.push_back(path);
    return at->second;
}

std::uint32_t PresencePaths::find(std::string_view text) const {
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? kNone : found->second;
}

bool Presence::has_below(std::uint32_t number) {
    if (is_container_.empty()) find_containers();
    return is_container_[number];
}

void Presence::find_containers() {
    is_container_.assign(paths_.size(), false);
    std::string_view last;
    const auto& fields = alert_.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto path = fields[i].path;
        const auto container = path.substr(0, path.rfind('.'));
        // Neighbours mostly stand in the same object.
        if (container.size() == path.size() || container == last) continue;
        last = container;
        for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
            const auto number = paths_.find(path.substr(0, dot));
            if (number != PresencePaths::kNone) is_container_[number] = true;
        }
    }
}

}  // namespace tocsin::match
