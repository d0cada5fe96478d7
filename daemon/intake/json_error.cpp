// A strict reader of JSON that builds nothing and remembers only the first thing that is wrong.
#include "daemon/intake/json_error.hpp"
#include "daemon/intake/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"

namespace tocsin::intake {
namespace {

std::string place(std::string_view body, std::size_t at) {
    const auto before = body.substr(0, at);
    const auto line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return fmt::format("at byte {}, line {}, column {}", at + 1, std::count(before.begin(), before.end(), '\n') + 1,
                       code_points(before.substr(line_begin)) + 1);
}

std::string shown(char c) {
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    if (byte < 0x20 || byte == 0x7F) return fmt::format("control character U+{:04X}", byte);
    return byte < 0x7F ? fmt::format("'{}'", c) : fmt::format("byte 0x{:02X}", byte);
}

class Scanner {
public:
    explicit Scanner(std::string_view body) : body_(body) {}

    std::optional<Error> document(JsonRoot root) {
        skip_space();
        if (is_at_end()) return Error{Errc::Invalid, "the body is empty; a JSON object is expected"};
        const auto begin = at_;
        bool is_fine = value(0);
        if (is_fine) {
            skip_space();
            if (!is_at_end()) is_fine = unexpected();
        }
        if (!is_fine) return Error{Errc::Invalid, fmt::format("{} {}", what_, place(body_, at_))};
        if (body_[begin] == '{' || (body_[begin] == '[' && root == JsonRoot::ObjectOrArray)) return {};
        const auto shape = body_[begin] == '[' ? "an array" : body_[begin] == '"' ? "a string" : "a single value";
        return Error{Errc::Invalid, fmt::format("not a JSON object: {} {}", shape, place(body_, begin))};
    }

private:
    [[nodiscard]] bool is_at_end() const { return at_ >= body_.size(); }
    [[nodiscard]] bool is_next(char c) const { return !is_at_end() && body_[at_] == c; }

    void skip_space() {
        while (!is_at_end() && is_space(body_[at_])) ++at_;
    }

    /// Every failure ends here, so that the first one is the one that is told. Returns false.
    bool unexpected() {
        what_ = is_at_end() ? "not JSON: the body ends too early," : fmt::format("not JSON: unexpected {}", shown(body_[at_]));
        return false;
    }

    bool take(char c) {
        if (!is_next(c)) return unexpected();
        ++at_;
        return true;
    }

    bool value(std::size_t depth) {
        skip_space();
        if (is_at_end()) return unexpected();
        switch (body_[at_]) {
            case '{': return container(depth + 1, '}', &Scanner::member);
            case '[': return container(depth + 1, ']', &Scanner::value);
            case '"': return string();
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }

    bool container(std::size_t depth, char close, bool (Scanner::*item)(std::size_t)) {
        if (depth > limits::kJsonDepthMax) {
            what_ = fmt::format("nested deeper than {} levels", limits::kJsonDepthMax);
            return false;
        }
        ++at_;
        skip_space();
        if (is_next(close)) return take(close);
        while (true) {
            if (!(this->*item)(depth)) return false;
            skip_space();
            if (is_next(close)) return take(close);
            if (!take(',')) return false;
        }
    }

    bool member(std::size_t depth) {
        skip_space();
        if (!string()) return false;
        skip_space();
        return take(':') && value(depth);
    }

    bool string() {
        if (!take('"')) return false;
        while (!is_at_end() && body_[at_] != '"') {
            if (static_cast<unsigned char>(body_[at_]) < 0x20) return unexpected();
            if (body_[at_++] == '\\' && !escape()) return false;
        }
        return take('"');
    }

    bool escape() {
        constexpr std::string_view kSingle = "\"\\/bfnrt";
        if (is_at_end()) return unexpected();
        if (kSingle.find(body_[at_]) != std::string_view::npos) {
            ++at_;
            return true;
        }
        if (!take('u')) return false;
        for (int i = 0; i < 4; ++i, ++at_) {
            if (is_at_end() || !is_hex(body_[at_])) return unexpected();
        }
        return true;
    }

    bool word(std::string_view text) {
        return std::all_of(text.begin(), text.end(), [this](char c) { return take(c); });
    }

    bool digits() {
        if (is_at_end() || !is_digit(body_[at_])) return unexpected();
        while (!is_at_end() && is_digit(body_[at_])) ++at_;
        return true;
    }

    bool number() {
        if (is_next('-')) ++at_;
        if (is_next('0')) {
            ++at_;  // What follows a leading zero is judged by who called: `01` is an unexpected '1'.
        } else if (!digits()) {
            return false;
        }
        if (is_next('.')) {
            ++at_;
            if (!digits()) return false;
        }
        if (!is_next('e') && !is_next('E')) return true;
        ++at_;
        if (is_next('+') || is_next('-')) ++at_;
        return digits();
    }

    std::string_view body_;
    std::size_t at_ = 0;
    std::string what_;
};

}  // namespace

std::optional<Error> json_error(std::string_view body, JsonRoot root) { return Scanner(body).document(root); }

}  // namespace tocsin::intake
