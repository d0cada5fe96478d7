// Bodies that are signed with their source's secret in place of showing it.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

enum class Signature : std::uint8_t {
    None,   ///< None, a wrong one, or the source's settings do not allow it as proof.
    Stale,  ///< The source's own, but its time is too far from ours: it may be a copy of what was sent before.
    Good,
};

/// What the signature of a request proves. A time is looked at if it was signed too, as Grafana can; it must be within
/// limits::kSignatureAgeMax of `now`.
[[nodiscard]] Signature signature_of(const config::SourceSettings& source, const http::Request& request, TimePoint now);

}  // namespace tocsin::api
