// The JSON object that people and tools send: {"by": "lahore-a", "text": "..."}.
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace tocsin::api {

/// Reads what it is asked for; the first mistake is kept.
class RequestBody {
public:
    /// An empty body is an empty object.
    explicit RequestBody(std::string_view bytes);

    /// Cut to the bound; empty if it is not there or no text.
    [[nodiscard]] std::string text(std::string_view key, std::size_t code_points_max);
    [[nodiscard]] std::optional<TimePoint> instant(std::string_view key);
    [[nodiscard]] std::optional<Duration> duration(std::string_view key);
    /// Whether it is there and true.
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    void fail(std::string what);

    boost::json::object body_;
    std::optional<Error> error_;
};

inline constexpr std::size_t kNameCodePointsMax = 100;
inline constexpr std::size_t kTextCodePointsMax = 10'000;

}  // namespace tocsin::api
