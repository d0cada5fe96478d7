// Which paths an alert has, where what stands below a path counts too: `labels` is there if `labels.host` is.
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/match/alert_view.hpp"

namespace tocsin::match {

/// The paths that rules ask `present` or `absent` of, numbered.
class PresencePaths {
public:
    /// `path` is its number among all paths.
    std::uint32_t add(std::uint32_t path, std::string_view text);

    [[nodiscard]] std::size_t size() const { return paths_.size(); }
    [[nodiscard]] std::uint32_t path(std::uint32_t number) const { return paths_[number]; }
    /// kNone if nobody asks for it.
    [[nodiscard]] std::uint32_t find(std::string_view text) const;

    static constexpr std::uint32_t kNone = UINT32_MAX;

private:
    std::vector<std::uint32_t> paths_;
    boost::unordered_flat_map<std::string, std::uint32_t, PathHash, std::equal_to<>> numbers_;
};

/// Looks through the alert's paths when first asked for one that has no value of its own, and once. Both must outlive it.
class Presence {
public:
    Presence(const PresencePaths& paths, const AlertView& alert) : paths_(paths), alert_(alert) {}

    [[nodiscard]] bool has(std::uint32_t number) { return alert_.has(paths_.path(number)) || has_below(number); }

private:
    [[nodiscard]] bool has_below(std::uint32_t number);
    void find_containers();

    const PresencePaths& paths_;
    const AlertView& alert_;
    boost::container::small_vector<bool, 64> is_container_;  ///< Empty until first needed.
};

}  // namespace tocsin::match
