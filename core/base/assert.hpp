// TOCSIN_ASSERT: for bugs only, never for input. It is on in release and aborts with the place.
#pragma once

namespace tocsin {

/// Prints what was claimed and where, then aborts: systemd restarts us with the state that was committed.
[[noreturn]] void assertion_failed(const char* claim, const char* why, const char* file, int line);

}  // namespace tocsin

#define TOCSIN_ASSERT(claim, why) ((claim) ? static_cast<void>(0) : ::tocsin::assertion_failed(#claim, why, __FILE__, __LINE__))
