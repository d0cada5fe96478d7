// /v2/alerts: what clients create, change and ask.
#pragma once

#include "core/ports/dossier_reader.hpp"
#include "daemon/opsgenie/exchange.hpp"
#include "daemon/opsgenie/path.hpp"

namespace tocsin::opsgenie {

/// As a client names an alert: the identifier, and whether that is "id" (or nothing), "alias" or "tiny".
struct NamedAlert {
    std::string identifier;
    std::string type;
};
/// NotFound if the source has no such alert; of those with an alias only an open one counts.
[[nodiscard]] Result<DossierView> look_up(DossierReader& reader, const std::string& source, const NamedAlert& named);

/// 202 once it is on disk; what became of it is the request's status. 422 with `errors`, 400 for what is no JSON.
void create_alert(const ExchangePtr& exchange, std::string body);
/// The same for everything that is said later. A name that only the store knows (an id, a number) is looked up first.
void change_alert(const ExchangePtr& exchange, DossierReader& reader, const AlertPath& path, std::string_view query,
                  std::string body);

/// Everything that is only asked, and what is not answered here: saved searches, attachments.
void read_alerts(const ExchangePtr& exchange, DossierReader& reader, const AlertPath& path, std::string_view query);

}  // namespace tocsin::opsgenie
