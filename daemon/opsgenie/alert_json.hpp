// Dossiers as Opsgenie shows alerts: as JSON, and as what queries and sorting see. Pure.
#pragma once

#include <boost/json/object.hpp>

#include "core/ports/dossier_reader.hpp"
#include "daemon/opsgenie/search.hpp"

namespace tocsin::opsgenie {

/// As in a list.
[[nodiscard]] boost::json::object short_alert_json(const DossierView& view, TimePoint now);
/// With entity, description, details and actions besides.
[[nodiscard]] boost::json::object alert_json(const DossierView& view, TimePoint now);

[[nodiscard]] Facts facts_of(const DossierView& view, TimePoint now);

/// An alert of a list, with what is needed to find and sort it.
struct Listed {
    DossierView view;
    Facts facts;
};
/// Whether a list may be sorted by this field.
[[nodiscard]] bool is_sortable(std::string_view field);
enum class Order : std::uint8_t { Ascending, Descending };
/// By a field that is_sortable(), else by when they were made.
void sort_alerts(std::vector<Listed>& alerts, std::string_view field, Order order);

}  // namespace tocsin::opsgenie
