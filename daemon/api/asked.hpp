// What a request asks for: the members of its JSON object, and instants as people write them.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/base/zone.hpp"

namespace tocsin::api {

/// A body that is a JSON object; an empty one counts as {}.
class Asked {
public:
    [[nodiscard]] static Result<Asked> read(const std::string& body);

    /// The text of a member, cut to `code_points_max`; empty if it is not there or no text.
    [[nodiscard]] std::string text(std::string_view key, std::size_t code_points_max = 1'000) const;
    /// The same, and Invalid if it is blank; `why` says what it is for.
    [[nodiscard]] Result<std::string> needed(std::string_view key, std::string_view why) const;
    /// Who asks: "by", cut to kNameCodePointsMax, or `otherwise`.
    [[nodiscard]] std::string by(const std::string& otherwise) const;
    /// Invalid if one of these is there and neither a text nor null.
    [[nodiscard]] Result<void> check_texts(std::initializer_list<std::string_view> keys) const;
    /// A text as it is; anything else as JSON; empty if it is not there.
    [[nodiscard]] std::string yaml(std::string_view key) const;
    /// The texts of a list, or the one text; none if it is not there or null. Invalid for anything else.
    [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view key) const;
    /// A whole number; nothing for anything else.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view key) const;
    /// Whether it is there and true.
    [[nodiscard]] bool is_true(std::string_view key) const;

    /// How an instant that stands in the body is understood.
    struct Reading {
        Zone zone;       ///< Of a civil time without one.
        TimePoint base;  ///< What "+2h" is added to.
        TimePoint now;   ///< What "now" is.
    };
    /// Civil times are UTC's, and "+2h" is from now on.
    [[nodiscard]] static Reading in_utc(TimePoint now);
    /// RFC 3339, "2026-03-08 20:00" with a time zone behind it or not, "now" or "+2h"; absent: nothing.
    [[nodiscard]] Result<std::optional<TimePoint>> instant(std::string_view key, const Reading& reading) const;
    /// "15m", "2h"; absent: nothing.
    [[nodiscard]] Result<std::optional<Duration>> duration(std::string_view key) const;

private:
    explicit Asked(boost::json::object body) : body_(std::move(body)) {}
    boost::json::object body_;
};

inline constexpr std::size_t kNameCodePointsMax = 100;
inline constexpr std::size_t kTextCodePointsMax = 10'000;

}  // namespace tocsin::api
