#include "core/base/result.hpp"

#include <fmt/format.h>

#include "core/base/assert.hpp"

namespace tocsin {

std::string_view to_string(Errc code) {
    switch (code) {
        case Errc::Invalid: return "invalid";
        case Errc::NotFound: return "not_found";
        case Errc::Refused: return "refused";
        case Errc::Conflict: return "conflict";
        case Errc::TooLarge: return "too_large";
        case Errc::Unavailable: return "unavailable";
        case Errc::TimedOut: return "timed_out";
        case Errc::Rejected: return "rejected";
        case Errc::Cancelled: return "cancelled";
        case Errc::Internal: return "internal";
    }
    return "internal";
}

Error Error::in(std::string_view what_we_did) const { return Error{code_, fmt::format("{}: {}", what_we_did, message_), retry_}; }

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    assertion_failed("the result has a value", error.message().c_str(), where.file_name(), static_cast<int>(where.line()));
}

}  // namespace tocsin
