#include "daemon/intake/json_mend.hpp"

#include <cstdint>
#include <optional>

#include "core/base/text.hpp"

namespace tocsin::intake {
namespace {

constexpr std::size_t kEscapeBytes = 6;  // \uXXXX

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return {};
}

/// The code unit of a `\uXXXX` that starts at `at`.
std::optional<unsigned> escaped_unit(std::string_view body, std::size_t at) {
    if (body.size() < at + kEscapeBytes || body[at] != '\\' || body[at + 1] != 'u') return {};
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + kEscapeBytes; ++i) {
        const auto digit = hex_digit(body[i]);
        if (!digit) return {};
        unit = unit * 16 + *digit;
    }
    return unit;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

bool replace_lone_surrogates(std::string& body) {
    bool is_changed = false;
    std::size_t at = body.find('\\');
    while (at != std::string::npos) {
        const auto unit = escaped_unit(body, at);
        std::size_t bytes = unit ? kEscapeBytes : 2;  // Two for `\\` too, so that the `u` behind it is not taken for an escape.
        if (unit && is_high(*unit) && is_low(escaped_unit(body, at + kEscapeBytes).value_or(0))) {
            bytes = 2 * kEscapeBytes;
        } else if (unit && (is_high(*unit) || is_low(*unit))) {
            body.replace(at, kEscapeBytes, "\\ufffd");
            is_changed = true;
        }
        at = body.find('\\', at + bytes);
    }
    return is_changed;
}

Result<std::vector<std::string_view>> read_mended(JsonReader& reader, std::string& body, JsonRoot root) {
    std::vector<std::string_view> mended;
    const auto is_taken = [&] { return reader.root().is_object() || root == JsonRoot::ObjectOrArray; };
    if (reader.read(body) && is_taken()) return mended;
    // Before anything is mended, so that places are those of the body as it was sent.
    if (auto error = json_error(body, root)) return *error;
    if (auto valid = valid_utf8(body); valid != body) {
        body = std::move(valid);
        mended.push_back("invalid_utf8");
    }
    if (replace_lone_surrogates(body)) mended.push_back("lone_surrogate");
    if (!reader.read(body)) return Error{Errc::Internal, "a body that is JSON by our own reading is not by simdjson's"};
    return mended;
}

}  // namespace tocsin::intake
