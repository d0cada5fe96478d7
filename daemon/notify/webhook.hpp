// The channel `webhook`: a page is a POST of JSON to a URL of yours.
//
//   POST <url>
//   Content-Type: application/json
//   User-Agent: tocsin/<version>
//   Idempotency-Key: 42-0-0-1-lahore-a-push       the same for every attempt: a receiver that has seen it answers 2xx and does
//   nothing X-Tocsin-Timestamp: 1795333800                 Unix seconds of this attempt X-Tocsin-Signature: v1=<64 hex digits>
//   only with a secret
//
//   {"event": "page" | "notice", "key": <as above>,
//    "incident": {"id": 42, "key", "state", "severity", "urgency", "service", "summary", "url", "opened_at", "alerts": 3,
//    "link"}, "page": {"person", "via", "address", "round": 0, "step": 1, "attempt": 1, "reason", "why", "due_at"}}
//
// Texts are never null, but may be empty; times are RFC 3339 in UTC; rounds and steps count from 0 and attempts from 1; `step` is
// null for the fallback's page and for a notice, which belong to no step.
//
// To verify: compute HMAC-SHA256 with the secret over the timestamp header's text, a full stop and the raw body, as hexadecimal
// digits; compare it with what follows "v1=" in constant time; refuse a timestamp that is more than five minutes off, so that a
// page that somebody recorded cannot be played again.
//
//   printf '%s.%s' "$timestamp" "$body" | openssl dgst -sha256 -hmac "$secret"
//
// 2xx: delivered. 408, 425, 429, 5xx and network errors: tried again, not before Retry-After. Everything else: refused for good.
#pragma once

#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

/// Url: where to; empty: the contact's address is the URL. Secret: for the signature; empty: none. No options.
[[nodiscard]] Result<std::unique_ptr<Channel>> make_webhook(const ChannelSettings& settings, Outside outside);

}  // namespace tocsin::notify
