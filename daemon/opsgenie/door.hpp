// The Opsgenie API as a server: who asks, how often, and which part answers.
#pragma once

#include "core/ports/dossier_reader.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::opsgenie {

/// Answers what is Opsgenie's and hands everything else on: paths with /v2/<resource> behind any prefix. `Authorization: GenieKey
/// <key>` names the source by its secret; one of the kind "opsgenie_api". Everything referred to must outlive it.
[[nodiscard]] http::Handler in_front_of(api::Services& services, DossierReader& reader, http::Handler next);

}  // namespace tocsin::opsgenie
