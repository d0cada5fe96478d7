// The tree as text: every file of the project, and every C++ file split into code, literals and comments, line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tidy {

/// A C++ text taken apart. All three have the lines of the original and its columns: what belongs to another part is blank.
struct Split {
    std::vector<std::string> code;      ///< Without comments, and without what stands inside literals.
    std::vector<std::string> literals;  ///< Only what stands inside string literals.
    std::vector<std::string> comments;  ///< Only comments.
};
[[nodiscard]] Split split_cpp(std::string_view text);

struct TextFile {
    std::string path;  ///< From the root of the project: "core/base/time.hpp".
    std::vector<std::string> lines;
};

struct Include {
    std::size_t line = 0;  ///< 1-based.
    std::string name;
    bool is_ours = false;  ///< In quotes.
};

struct SourceFile : TextFile {
    Split split;
    std::vector<Include> includes;
    [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
};

/// Every file that holds text, outside of build/ and .git/, in the order of their paths. Read once.
[[nodiscard]] const std::vector<TextFile>& text_files();
/// The .hpp and .cpp files among them.
[[nodiscard]] const std::vector<SourceFile>& sources();

[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// Whether `path` is `place` or inside the folder `place`, for any of them.
[[nodiscard]] bool is_in(std::string_view path, const std::vector<std::string>& places);

/// "core/base/time.hpp:31"
[[nodiscard]] std::string place(std::string_view path, std::size_t line);

/// Where `what` stands in `line`, as whole words where it begins or ends with a letter, a digit or `_`; npos if nowhere.
[[nodiscard]] std::size_t find_words(std::string_view line, std::string_view what);

}  // namespace tocsin::tidy
