// Whether what is sent to a contact is known to reach its person: a code goes out over it and is given back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/model/person.hpp"

namespace tocsin {

/// What is kept of one contact of one person. The code itself is kept nowhere.
struct Verification {
    std::string person;
    std::string contact;
    std::string channel;  ///< Where the code went; of another channel or address nothing is known.
    std::string address;
    std::string code_hash;  ///< Of the code that is out; empty: none is.
    TimePoint code_until;
    std::int32_t wrong_codes = 0;
    std::optional<TimePoint> verified_at;
    friend bool operator==(const Verification&, const Verification&) = default;
};

/// What is kept of one contact, or null.
[[nodiscard]] const Verification* verification_of(std::span<const Verification> all, std::string_view person,
                                                  std::string_view contact);

enum class ContactState : std::uint8_t { Unverified, CodeSent, Verified };
[[nodiscard]] std::string_view to_string(ContactState state);

/// `known` is what is kept of this contact, or null.
[[nodiscard]] ContactState contact_state(const Contact& contact, const Verification* known, TimePoint now);

/// A code was made for the contact and is about to go out. A contact that was verified stays so while its address is the same.
[[nodiscard]] Verification with_code(const Contact& contact, const Verification* known, std::string code_hash, TimePoint now);

/// What a code that somebody gives back makes of it, and why it does not count: Invalid with what to do. Always to be kept.
struct CodeGiven {
    Verification after;
    Result<void> outcome;
};
[[nodiscard]] CodeGiven given_code(Verification before, std::string_view code_hash, TimePoint now);

}  // namespace tocsin
