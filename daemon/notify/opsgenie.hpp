// The channel `opsgenie`: a page is an alert in Opsgenie, in Jira Service Management's operations, or in whatever else speaks
// Opsgenie's alert API.
//
//   POST <url>/v2/alerts
//   Authorization: GenieKey <secret>
//
// The alert's alias is "tocsin-<incident>": retries, later steps and later rounds of an incident all meet the one alert. What
// Opsgenie makes of that must be known: while an alert of that alias is open there, a create only adds to its count; IT DOES NOT
// PAGE AGAIN, and the responders of the later page are not added. So over there the first page of an incident decides who is
// told, and Opsgenie's own escalation goes on from it. Where tocsin is to escalate, set the option `alias: page`: then each page
// is an alert of its own ("tocsin-<the page's idempotency key>"), and only its retries meet it.
//
// The contact's address says who: "team:<name>", "user:<name>", "schedule:<name>", "escalation:<name>", or empty for whom the
// key's integration names. Texts are cut to Opsgenie's limits, counted in code points, since it refuses what is longer.
//
// 202: delivered; the receipt is Opsgenie's request id. It means that Opsgenie has queued the request; what becomes of it there
// is not asked. 408, 425, 429, 5xx and network errors: tried again. Everything else (401, 403, 422 ... and a 200, which is some
// other server's answer): refused for good.
#pragma once

#include "daemon/notify/channel.hpp"

namespace tocsin::notify {

/// Url: "https://api.opsgenie.com", "https://api.eu.opsgenie.com", or JSM's "https://api.atlassian.com/jsm/ops/integration".
/// Secret: the API key. Option `alias`: "incident" (if absent) or "page".
[[nodiscard]] Result<std::unique_ptr<Channel>> make_opsgenie(const ChannelSettings& settings, Outside outside);

}  // namespace tocsin::notify
