// Where a request of an Opsgenie client goes: its path and query, which clients write in many ways. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/dossier.hpp"

namespace tocsin::opsgenie {

enum class Resource : std::uint8_t { Alerts, Heartbeats, Schedules, Teams, Users, Escalations, Account, Other };

/// `segments` are as sent, without the empty one that a slash at the end leaves.
struct Place {
    Resource resource = Resource::Other;
    std::vector<std::string_view> segments;  ///< Behind the resource.
};

/// Any path with "v2" and one of the resources behind it, whatever stands before; nothing for others, and for /api/v2 and /in,
/// which are not Opsgenie's. The views are into `path`.
[[nodiscard]] std::optional<Place> place_of(std::string_view path);

/// A request's path and query.
struct PathAndQuery {
    std::string_view path;
    std::string_view query;
};
/// The same, but for what Node.js' SDK makes of a query where it names no identifierType: "/v2/alerts/1/tags/&tags=a" has one.
[[nodiscard]] PathAndQuery target_of(std::string_view path, std::string_view query);

/// Percent-decoded and UTF-8: bytes that are none count as Latin-1, which Node.js sends in paths.
[[nodiscard]] std::string decoded(std::string_view raw);
/// Decoded, with the slashes between them that the client did not escape.
[[nodiscard]] std::string identifier_of(std::span<const std::string_view> segments);
/// A parameter of the query, decoded, with "+" for a space; empty if it is not there.
[[nodiscard]] std::string parameter(std::string_view query, std::string_view name);

struct AlertPath {
    enum class What : std::uint8_t {
        Create,
        List,
        Count,
        RequestStatus,
        SavedSearches,
        Show,
        Change,
        Notes,
        Logs,
        Recipients,
        Attachments,  ///< The list of them.
        Attachment,   ///< One of them.
        AttachmentChange,
        WrongMethod,
    };
    What what = What::WrongMethod;
    std::string identifier;  ///< Of the alert, or of the request.
    engine::DossierChange::Kind change = engine::DossierChange::Kind::Create;
    bool is_team = false;  ///< AddResponder by /teams.
    std::string action;    ///< Of a custom action.
};
/// What stands behind /v2/alerts. The action is the last segment that is a known one for the method; all before it is the
/// identifier, which may hold slashes.
[[nodiscard]] AlertPath alert_path(std::string_view method, std::span<const std::string_view> segments);

}  // namespace tocsin::opsgenie
