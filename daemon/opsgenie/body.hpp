// What an Opsgenie client's request asks for: its body, checked and mended. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/dossier.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/opsgenie/field_errors.hpp"
#include "daemon/opsgenie/path.hpp"

namespace tocsin::opsgenie {

/// What one body says. With `errors` the request is refused, as Opsgenie refuses it.
struct ReadChange {
    engine::DossierChange change;
    FieldErrors errors;
    std::vector<std::string> mended;  ///< "21 tags, the first 20 are kept": too much, too long, or no text.
};

/// Of Create. What is only careless is mended: senders give up for good on a 4xx. The ids and names are the caller's to set.
[[nodiscard]] ReadChange read_create(intake::JsonView body);
/// Of everything else; `query` holds what DELETE has no body for.
[[nodiscard]] ReadChange read_change(const AlertPath& path, std::string_view query, intake::JsonView body);

/// The same in the words of Opsgenie's webhook, as it is kept and as the rules' parser reads it.
[[nodiscard]] std::string payload_of(const engine::DossierChange& change, const DossierName& name);

/// "user": from a responder's record: its type, and its name, username or id.
[[nodiscard]] Responder read_responder(intake::JsonView record);

}  // namespace tocsin::opsgenie
