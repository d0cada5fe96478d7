// Silences that are made at run time: made, shown before they are made, ended, extended; the rulebook's are listed beside them.
#pragma once

#include <string>

#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::api {

/// A silence, and who asks, where the body does not say.
struct SilenceAsked {
    ArrangementId id;
    std::string by;
};

/// See arrangements.hpp.
void list_silences(Services& services, const http::Request& request, http::Respond respond);
void make_silence(Services& services, const http::Request& request, const std::string& by, http::Respond respond);
void preview_silence(Services& services, const http::Request& request, http::Respond respond);
void extend_silence(Services& services, const http::Request& request, const SilenceAsked& which, http::Respond respond);
void end_silence(Services& services, const SilenceAsked& which, http::Respond respond);

}  // namespace tocsin::api
