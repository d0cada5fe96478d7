// Numbers that name things, each a type of its own so that one cannot be given for another.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tocsin {

/// A positive number given out by the store in rising order; 0 means "none yet".
template <class Tag>
struct Id {
    std::int64_t value = 0;

    [[nodiscard]] bool is_set() const { return value != 0; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

using IncidentId = Id<struct IncidentTag>;
using AlertId = Id<struct AlertTag>;
using PageId = Id<struct PageTag>;
using ArrangementId = Id<struct ArrangementTag>;

}  // namespace tocsin

template <class Tag>
struct std::hash<tocsin::Id<Tag>> {
    std::size_t operator()(const tocsin::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
