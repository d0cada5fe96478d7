#include "daemon/notify/mail_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "daemon/notify/page_text.hpp"

namespace tocsin::notify {
namespace {

/// A line that is longer is refused by some servers (RFC 5321 allows 998) and folded by none.
constexpr std::size_t kPlainHeaderBytesMax = 400;
/// A line has at most 76 characters: the name of a header, 12 of frame, and four for three bytes.
constexpr std::size_t kEncodedWordBytesMax = 39;
constexpr std::size_t kQuotedLineMax = 76;

bool is_visible_ascii(char c) { return c >= ' ' && c <= '~'; }
bool continues_a_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string base64(std::string_view bytes) {
    std::string encoded(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // It ends what it writes with a zero byte.
    const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    encoded.resize(static_cast<std::size_t>(length));
    return encoded;
}

/// As much of the text as one encoded word holds; no code point is torn apart.
std::size_t word_bytes(std::string_view text) {
    if (text.size() <= kEncodedWordBytesMax) return text.size();
    auto bytes = kEncodedWordBytesMax;
    while (bytes > 1 && continues_a_code_point(text[bytes])) --bytes;
    return bytes;
}

void add_quoted_line(std::string& into, std::string_view line) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_blank_at_end = (c == ' ' || c == '\t') && i + 1 == line.size();
        const bool stands_as_it_is = ((is_visible_ascii(c) && c != '=') || c == '\t') && !is_blank_at_end;
        const auto written = stands_as_it_is ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
        if (width + written.size() > kQuotedLineMax - 1) {
            into += "=\r\n";
            width = 0;
        }
        into += written;
        width += written.size();
    }
    into += "\r\n";
}

}  // namespace

std::string header_text(std::string_view text) {
    const auto line = one_line(text);
    const bool is_plain = std::all_of(line.begin(), line.end(), is_visible_ascii) && line.find("=?") == std::string::npos;
    if (is_plain && line.size() <= kPlainHeaderBytesMax) return line;
    std::string words;
    for (auto left = std::string_view(line); !left.empty();) {
        const auto bytes = word_bytes(left);
        words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", base64(left.substr(0, bytes)));
        left.remove_prefix(bytes);
    }
    return words;
}

std::string quoted_printable(std::string_view text) {
    std::string encoded;
    for (const auto line : split(text, '\n')) add_quoted_line(encoded, line);
    return encoded;
}

std::string mail_date(TimePoint t) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(std::chrono::system_clock::to_time_t(t)));
}

std::string message_id(std::string_view name, std::string_view domain) {
    std::string written;
    for (const char c : name) {
        const bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                             (c == '.' && !written.empty() && written.back() != '.');
        written += is_fine ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("<{}@{}>", written, domain);
}

}  // namespace tocsin::notify
