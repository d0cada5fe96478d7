#include "tests/tidy/functions.hpp"

#include <algorithm>
#include <string_view>

#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy {
namespace {

enum class Scope { Container, Table, Function, Block };

bool has_word(std::string_view text, std::string_view word) { return find_words(text, word) != std::string_view::npos; }

/// "template <class T> struct X" -> " struct X": the words inside say nothing about what follows.
std::string without_template(std::string_view text) {
    const auto at = find_words(text, "template");
    if (at == std::string_view::npos) return std::string(text);
    const auto open = text.find('<', at);
    if (open == std::string_view::npos) return std::string(text);
    int depth = 0;
    for (auto i = open; i < text.size(); ++i) {
        depth += text[i] == '<' ? 1 : text[i] == '>' ? -1 : 0;
        if (depth == 0) return std::string(text.substr(0, at)) + std::string(text.substr(i + 1));
    }
    return std::string(text);
}

/// What a brace opens at namespace or class scope, judged by what stands before it.
Scope scope_after(std::string_view before) {
    const auto text = without_template(before);
    const auto head = text.substr(0, text.find('('));
    for (const auto* word : {"namespace", "class", "struct", "union", "extern"}) {
        if (has_word(head, word)) return Scope::Container;
    }
    if (has_word(head, "enum")) return Scope::Table;
    const auto last = text.find_last_not_of(" \t\n");
    if (last != std::string::npos && (text[last] == '=' || text.find('(') == std::string::npos)) return Scope::Table;
    return Scope::Function;
}

class Counter {
public:
    std::vector<Function> run(const std::vector<std::string>& code) {
        for (const auto& line : code) {
            ++line_;
            const auto first = line.find_first_not_of(' ');
            if (is_directive_ || (first != std::string::npos && line[first] == '#')) {
                is_directive_ = line.ends_with('\\');
                continue;
            }
            for (const char c : line) see(c);
            see('\n');
        }
        return found_;
    }

private:
    struct Open {
        Scope scope;
        std::size_t line;
    };

    void see(char c) {
        if (c == '{') return open();
        if (c == '}') return close();
        if (c == ';' && (parentheses_ == 0 || !is_at_container())) return forget();
        parentheses_ += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (before_.empty() && (c == ' ' || c == '\n')) return;
        if (before_.empty()) statement_line_ = line_;
        before_ += c;
    }

    [[nodiscard]] bool is_at_container() const { return open_.empty() || open_.back().scope == Scope::Container; }

    void open() {
        auto scope = Scope::Block;
        if (is_at_container()) {
            scope = scope_after(before_);
        } else if (has_word(before_, "switch") || has_word(before_, "static") || has_word(before_, "constexpr")) {
            scope = Scope::Table;
        }
        open_.push_back({scope, before_.empty() ? line_ : statement_line_});
        if (scope == Scope::Function) longest_table_ = 0;
        forget();
    }

    void close() {
        forget();
        if (open_.empty()) return;
        const auto [scope, line] = open_.back();
        open_.pop_back();
        const auto lines = line_ - line + 1;
        if (scope == Scope::Table) longest_table_ = std::max(longest_table_, lines);
        if (scope == Scope::Function) found_.push_back({line, lines, longest_table_ * 10 >= lines * 7});
    }

    void forget() {
        before_.clear();
        parentheses_ = 0;
    }

    std::vector<Function> found_;
    std::vector<Open> open_;
    std::string before_;
    std::size_t line_ = 0;
    std::size_t statement_line_ = 0;
    std::size_t longest_table_ = 0;
    int parentheses_ = 0;
    bool is_directive_ = false;
};

}  // namespace

std::vector<Function> functions_of(const std::vector<std::string>& code) { return Counter().run(code); }

}  // namespace tocsin::tidy
