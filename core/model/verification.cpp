#include "core/model/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace tocsin {
namespace {

bool is_of(const Verification& known, const Contact& contact) {
    return known.channel == contact.channel && known.address == contact.address;
}

bool is_out(const Verification& known, TimePoint now) {
    return !known.code_hash.empty() && now < known.code_until && known.wrong_codes < limits::kWrongCodesMax;
}

}  // namespace

const Verification* verification_of(std::span<const Verification> all, std::string_view person, std::string_view contact) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Verification& known) { return known.person == person && known.contact == contact; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view to_string(ContactState state) {
    switch (state) {
        case ContactState::Unverified: return "unverified";
        case ContactState::CodeSent: return "code_sent";
        case ContactState::Verified: return "verified";
    }
    return "unverified";
}

ContactState contact_state(const Contact& contact, const Verification* known, TimePoint now) {
    if (known == nullptr || !is_of(*known, contact)) return ContactState::Unverified;
    if (known->verified_at) return ContactState::Verified;
    return is_out(*known, now) ? ContactState::CodeSent : ContactState::Unverified;
}

Verification with_code(const Contact& contact, const Verification* known, std::string code_hash, TimePoint now) {
    Verification after;
    after.contact = contact.name;
    after.channel = contact.channel;
    after.address = contact.address;
    after.code_hash = std::move(code_hash);
    after.code_until = now + limits::kCodeLifetime;
    if (known != nullptr && is_of(*known, contact)) after.verified_at = known->verified_at;
    return after;
}

CodeGiven given_code(Verification before, std::string_view code_hash, TimePoint now) {
    auto after = std::move(before);
    if (!is_out(after, now))
        return {std::move(after), Error{Errc::Invalid, "no code is out, or it is too old: ask for a new one"}};
    if (after.code_hash == code_hash) {
        after.verified_at = now;
        after.code_hash.clear();
        return {std::move(after), {}};
    }
    ++after.wrong_codes;
    const auto left = limits::kWrongCodesMax - after.wrong_codes;
    auto what = left > 0 ? fmt::format("that is not the code; {} more tries", left)
                         : std::string("that is not the code, and there were too many tries: ask for a new one");
    return {std::move(after), Error{Errc::Invalid, std::move(what)}};
}

}  // namespace tocsin
