// Keys of sources as they are made and as they are kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::config {

/// SHA-256, hexadecimal. A key has 128 random bits or more: it needs no salt and no slow hash.
[[nodiscard]] std::string key_hash(std::string_view key);

/// A key as nobody can foresee it. 32 hexadecimal digits, the form that PagerDuty's clients look for and that stands unchanged in
/// any path or query; Uuid: the same with the dashes of a UUID, as Opsgenie's keys have them.
enum class KeyForm : std::uint8_t { Plain, Uuid };
[[nodiscard]] std::string new_key(KeyForm form);

}  // namespace tocsin::config
