#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/places.hpp"

namespace tocsin::tidy {
namespace {

namespace fs = std::filesystem;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Walks over a C++ text once and deals every byte out to one of the three parts.
class Splitter {
public:
    explicit Splitter(std::string_view text)
        : text_(text), code_(text.size(), ' '), literals_(text.size(), ' '), comments_(text.size(), ' ') {}

    Split run() {
        while (at_ < text_.size()) step();
        return {lines_of(code_), lines_of(literals_), lines_of(comments_)};
    }

private:
    [[nodiscard]] bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

    void put(std::string& part, std::size_t bytes = 1) {
        for (; bytes > 0 && at_ < text_.size(); --bytes, ++at_) {
            const char c = text_[at_];
            if (c == '\n') {
                code_[at_] = literals_[at_] = comments_[at_] = c;
            } else {
                part[at_] = c;
            }
        }
    }

    void put_until(std::string& part, std::string_view end) {
        const auto found = text_.find(end, at_);
        put(part, found == std::string_view::npos ? text_.size() - at_ : found - at_);
    }

    void step() {
        if (sees("//")) return put_until(comments_, "\n");
        if (sees("/*")) {
            put_until(comments_, "*/");
            return put(comments_, 2);
        }
        if (sees("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) return raw_literal();
        if (text_[at_] == '"') return literal('"');
        if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) return literal('\'');
        put(code_);
    }

    void raw_literal() {
        put(code_, 2);
        const auto open = text_.find('(', at_);
        if (open == std::string_view::npos) return put(code_, text_.size() - at_);
        const auto end = ")" + std::string(text_.substr(at_, open - at_)) + "\"";
        put(code_, open - at_ + 1);
        put_until(literals_, end);
        put(code_, end.size());
    }

    void literal(char quote) {
        put(code_);
        while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') put(literals_, text_[at_] == '\\' ? 2 : 1);
        put(code_);
    }

    std::string_view text_;
    std::string code_;
    std::string literals_;
    std::string comments_;
    std::size_t at_ = 0;
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<TextFile> read_tree() {
    const fs::path root = test::source_path();
    std::vector<TextFile> files;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
        const auto path = entry->path().lexically_relative(root).generic_string();
        if (path == "build" || path == ".git" || path == ".cache") {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file()) continue;
        const auto text = read(entry->path());
        if (text.find('\0') != std::string::npos) continue;
        files.push_back({path, lines_of(text)});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<Include> includes_of(const Split& split) {
    std::vector<Include> includes;
    for (std::size_t i = 0; i < split.code.size(); ++i) {
        const auto& code = split.code[i];
        if (!code.starts_with("#include")) continue;
        const auto open = code.find_first_of("<\"");
        if (open == std::string::npos) continue;
        const bool is_ours = code[open] == '"';
        const auto close = code.find_first_of(">\"", open + 1);
        const auto& named_in = is_ours ? split.literals[i] : code;
        includes.push_back({i + 1, named_in.substr(open + 1, close - open - 1), is_ours});
    }
    return includes;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + '\n';
    return text;
}

}  // namespace

Split split_cpp(std::string_view text) { return Splitter(text).run(); }

const std::vector<TextFile>& text_files() {
    static const auto kFiles = read_tree();
    return kFiles;
}

const std::vector<SourceFile>& sources() {
    static const auto kSources = [] {
        std::vector<SourceFile> sources;
        for (const auto& file : text_files()) {
            if (!file.path.ends_with(".hpp") && !file.path.ends_with(".cpp")) continue;
            auto& source = sources.emplace_back();
            source.path = file.path;
            source.lines = file.lines;
            source.split = split_cpp(joined(file.lines));
            source.includes = includes_of(source.split);
        }
        return sources;
    }();
    return kSources;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

bool is_in(std::string_view path, const std::vector<std::string>& places) {
    return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
        return path == place || (path.starts_with(place) && (place.ends_with('/') || path.substr(place.size()).starts_with('/')));
    });
}

std::string place(std::string_view path, std::size_t line) { return std::string(path) + ":" + std::to_string(line); }

std::size_t find_words(std::string_view line, std::string_view what) {
    for (auto at = line.find(what); at != std::string_view::npos; at = line.find(what, at + 1)) {
        const auto end = at + what.size();
        const bool begins = !is_word(what.front()) || at == 0 || !is_word(line[at - 1]);
        const bool ends = !is_word(what.back()) || end == line.size() || !is_word(line[end]);
        if (begins && ends) return at;
    }
    return std::string_view::npos;
}

}  // namespace tocsin::tidy
