// Codes that prove that a contact reaches its person.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::notify {

/// Six digits that nobody can foresee.
[[nodiscard]] std::string new_code();

/// What is kept of a code. `about` is the contact that it is for, so that equal codes of two contacts do not look alike.
struct CodeFor {
    std::string_view about;
    std::string_view code;
};
[[nodiscard]] std::string code_hash(const CodeFor& what);

}  // namespace tocsin::notify
