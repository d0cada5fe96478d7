#include "core/model/arrangements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tocsin {
namespace {

constexpr std::string_view kSilence = "silence-";

template <class Made>
const Made* find(const std::vector<Made>& all, ArrangementId id) {
    const auto found = std::find_if(all.begin(), all.end(), [id](const Made& made) { return made.id == id; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Override> MadeOverride::in_force() const {
    const auto begins = std::max(from, origin.made_at);
    const auto ends = std::min(until, origin.ended_at.value_or(until));
    if (begins >= ends) return {};
    return Override{person, begins, ends, role};
}

std::string MadeSilence::name() const { return fmt::format("{}{}", kSilence, id.value); }

std::optional<ArrangementId> made_silence(std::string_view name) {
    if (!name.starts_with(kSilence)) return {};
    const auto* end = name.data() + name.size();
    ArrangementId id;
    const auto [at, error] = std::from_chars(name.data() + kSilence.size(), end, id.value);
    if (error != std::errc{} || at != end || id.value <= 0) return {};
    return id;
}

const MadeSilence* Arrangements::silence(ArrangementId id) const { return find(silences, id); }
const MadeOverride* Arrangements::override_of(ArrangementId id) const { return find(overrides, id); }

bool Arrangements::was_told(const Told& about) const {
    const auto found = told.find(about.what);
    return found != told.end() && found->second >= about.of;
}

}  // namespace tocsin
