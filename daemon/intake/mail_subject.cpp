// What the many ways to begin a subject ("[FIRING:1] ...", "** RECOVERY Service Alert: ...", "Re: Problem: ...") have in common.
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "daemon/intake/mail.hpp"

namespace tocsin::intake {
namespace {

/// Said in front of a subject, each of these is about the message and not about what is wrong.
constexpr std::array<std::string_view, 22> kStatusWords{
    "resolved",     "recovery", "recovered", "ok",        "up",       "closed",  "cleared", "firing", "problem",
    "down",         "critical", "warning",   "triggered", "alerting", "no data", "failed",  "open",   "acknowledgement",
    "acknowledged", "error",    "unknown",   "info"};
constexpr std::array<std::string_view, 5> kReplyWords{"re:", "fwd:", "fw:", "aw:", "wg:"};
constexpr std::string_view kDecoration = "*[]:-#!|() \t";

std::string_view without_decoration(std::string_view text) {
    const auto begin = text.find_first_not_of(kDecoration);
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

bool begins_with_word(std::string_view text, std::string_view word) {
    if (!equal_ignoring_case(text.substr(0, word.size()), word)) return false;
    return text.size() == word.size() || std::string_view(" :]*-,(").find(text[word.size()]) != std::string_view::npos;
}

std::string_view status_word(std::string_view text) {
    for (const auto word : kStatusWords) {
        if (begins_with_word(text, word)) return word;
    }
    return {};
}

/// "[FIRING:1]": what stands in brackets with the word goes with it.
std::string_view behind_word(std::string_view text, std::string_view word, std::string_view whole) {
    const bool is_in_brackets = text.data() != whole.data() && *(text.data() - 1) == '[';
    const auto bracket = text.find(']');
    if (is_in_brackets && bracket != std::string_view::npos) return text.substr(bracket + 1);
    return text.substr(word.size());
}

}  // namespace

SubjectParts subject_parts(std::string_view subject) {
    SubjectParts parts;
    auto rest = trimmed(subject);
    for (bool goes_on = true; goes_on;) {
        goes_on = false;
        for (const auto word : kReplyWords) {
            if (!equal_ignoring_case(rest.substr(0, word.size()), word)) continue;
            rest = trimmed(rest.substr(word.size()));
            goes_on = true;
        }
    }
    const auto begin = without_decoration(rest);
    if (const auto word = status_word(begin); !word.empty()) {
        parts.status = word;
        rest = without_decoration(behind_word(begin, word, rest));
    }
    while (!rest.empty() && std::string_view("* \t").find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
    // Nagios ends a subject with the state again: "** PROBLEM Service Alert: db1/disk is CRITICAL **".
    if (const auto is = rest.rfind(" is ");
        is != std::string_view::npos && status_word(rest.substr(is + 4)) == lower_ascii(rest.substr(is + 4))) {
        if (parts.status.empty()) parts.status = lower_ascii(rest.substr(is + 4));
        rest = rest.substr(0, is);
    }
    parts.about = std::string(rest.empty() ? trimmed(subject) : rest);
    return parts;
}

}  // namespace tocsin::intake
