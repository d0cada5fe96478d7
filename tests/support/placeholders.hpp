// What is another each time stands as a word in its place, so that the rest can be compared byte for byte.
#pragma once

#include <map>
#include <string>

namespace tocsin::test {

/// UUIDs and traces become `<id 1>`, `<id 2>` ... in the order in which they are met: the same one is the same word, so that a
/// comparison also says which ids are equal. Times near now become `<now>`; what was measured becomes `<measured>`.
class Placeholders {
public:
    [[nodiscard]] std::string in_place(const std::string& text);

private:
    std::string word_of(const std::string& id);
    std::map<std::string, std::string> words_;
};

}  // namespace tocsin::test
