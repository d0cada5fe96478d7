#include "core/base/mail_address.hpp"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::size_t kAddressBytesMax = 254;
constexpr std::size_t kLocalBytesMax = 64;
constexpr std::string_view kAlphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kMarksOfLocalParts = "!#$%&'*+/=?^_`{|}~-.";

bool has_only(std::string_view text, std::string_view marks) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return kAlphanumeric.find(c) != std::string_view::npos || marks.find(c) != std::string_view::npos;
    });
}

/// Full stops stand between other characters.
bool is_dotted(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > kAddressBytesMax || at > kLocalBytesMax) return false;
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    return is_dotted(local) && has_only(local, kMarksOfLocalParts) && is_dotted(domain) && has_only(domain, "-.");
}

std::string_view mail_domain(std::string_view address) { return address.substr(address.rfind('@') + 1); }

}  // namespace tocsin
