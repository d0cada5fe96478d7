// What is wrong where yaml-cpp stops, told to somebody who does not know how parsers work. Private to rules/yaml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/yaml/source_text.hpp"

namespace tocsin::yaml {

/// Where the parser stopped, in lines and bytes from 0.
struct Stop {
    int line = 0;
    int byte = 0;
};

struct SyntaxStory {
    std::string message;
    std::string hint;  ///< Empty: there is none.
    Stop at;           ///< Where to point, which may be before the stop.
    std::int32_t length = 1;
};

/// `said` is the parser's own message, which stands in for ours where we have none.
[[nodiscard]] SyntaxStory syntax_story(std::string_view said, const SourceText& source, Stop stop);

}  // namespace tocsin::yaml
