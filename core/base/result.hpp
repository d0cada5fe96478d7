// Operating errors as values with a story: what went wrong, what each layer was doing, and whether to try again.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/time.hpp"

namespace tocsin {

enum class Errc : std::uint8_t {
    Invalid,      ///< What was given cannot be understood.
    NotFound,     ///< No such thing.
    Refused,      ///< Understood, and not allowed.
    Conflict,     ///< Somebody else was there first (a lease that is no longer ours).
    TooLarge,     ///< Over a stated limit.
    Unavailable,  ///< The other side, or our disk, cannot just now.
    TimedOut,     ///< The deadline passed before an answer came; it may have been done all the same.
    Rejected,     ///< The other side answered that it will never do this.
    Cancelled,    ///< We are stopping; passed up, never logged as an error.
    Internal,     ///< A bug or a broken promise of a library.
};

[[nodiscard]] std::string_view to_string(Errc code);

/// Whether and when the same call may be made again. The edge that knows decides; nobody above guesses.
struct Retry {
    enum class When : std::uint8_t { Never, Now, After };
    When when = When::Never;
    Duration delay{};  ///< Only for After: the least time to wait (HTTP Retry-After).

    [[nodiscard]] static Retry never() { return {}; }
    [[nodiscard]] static Retry now() { return {When::Now, {}}; }
    [[nodiscard]] static Retry after(Duration delay) { return {When::After, delay}; }
    [[nodiscard]] bool allowed() const { return when != When::Never; }
};

class [[nodiscard]] Error {
public:
    Error() = default;  ///< Only because boost::system::result asks for it.
    Error(Errc code, std::string message, Retry retry = Retry::never())
        : code_(code), message_(std::move(message)), retry_(retry) {}

    /// The same error with what this layer was doing put in front: "saving incident 7: disk full".
    [[nodiscard]] Error in(std::string_view what_we_did) const;

    [[nodiscard]] Errc code() const { return code_; }
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] Retry retry() const { return retry_; }

private:
    Errc code_ = Errc::Internal;
    std::string message_;
    Retry retry_;
};

/// For boost::system::result, which asks for it when value() is called on an error: that is a bug, so it aborts.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace tocsin
