// A recursive descent over tokens: words, quoted texts, operators, parentheses. Bounded in length and depth, as it comes from
// outside.
#include "daemon/opsgenie/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace tocsin::opsgenie {

struct Search::Node {
    enum class Kind : std::uint8_t { And, Or, Not, Term };
    Kind kind = Kind::Term;
    std::vector<std::shared_ptr<const Node>> children{};
    std::string field{};  ///< Empty: any text of the alert.
    std::string op{};     ///< ":", "<", "<=", ">", ">=".
    std::string value{};
    bool is_prefix = false;  ///< A wildcard at its end.
};

namespace {

using Node = Search::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr std::size_t kQueryMax = 1'000;
constexpr int kDepthMax = 50;

constexpr std::array<std::string_view, 26> kFields{"createdat",
                                                   "lastoccurredat",
                                                   "lastoccuredat",
                                                   "updatedat",
                                                   "snoozeduntil",
                                                   "alertid",
                                                   "id",
                                                   "tinyid",
                                                   "alias",
                                                   "count",
                                                   "message",
                                                   "description",
                                                   "source",
                                                   "entity",
                                                   "status",
                                                   "owner",
                                                   "acknowledgedby",
                                                   "closedby",
                                                   "isseen",
                                                   "acknowledged",
                                                   "snoozed",
                                                   "teams",
                                                   "tag",
                                                   "integration.name",
                                                   "integration.type",
                                                   "priority"};
constexpr std::array<std::string_view, 4> kMoreFields{"actions", "responders", "recipients", "user"};
/// In which words are looked for, and not the whole value.
constexpr std::array<std::string_view, 2> kProse{"message", "description"};
/// Where a bare word is looked for.
constexpr std::array<std::string_view, 8> kFreeText{"message", "description", "alias",         "entity",
                                                    "source",  "tag",         "details.value", "tinyid"};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_field(std::string_view name) {
    return name.starts_with("details.") || is_one_of(name, kFields) || is_one_of(name, kMoreFields);
}

struct Token {
    enum class Kind : std::uint8_t { Word, Quoted, Operator, Open, Close, End };
    Kind kind = Kind::End;
    std::string text{};
    std::size_t at = 0;
};

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> tokens() {
        std::vector<Token> all;
        while (true) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            if (at_ >= text_.size()) break;
            auto token = next();
            if (!token) return token.error();
            all.push_back(std::move(*token));
        }
        all.push_back({Token::Kind::End, "the end", text_.size()});
        return all;
    }

private:
    static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool ends_word(char c) { return is_space(c) || std::string_view("():<>=\"").find(c) != std::string_view::npos; }

    Result<Token> next() {
        const auto at = at_;
        const char c = text_[at_];
        if (c == '(' || c == ')') {
            ++at_;
            return Token{c == '(' ? Token::Kind::Open : Token::Kind::Close, std::string(1, c), at};
        }
        if (c == '"') return quoted();
        if (ends_word(c)) {
            ++at_;
            std::string op(1, c);
            if ((c == '<' || c == '>') && at_ < text_.size() && text_[at_] == '=') op += text_[at_++];
            return Token{Token::Kind::Operator, op == "=" ? ":" : op, at};
        }
        while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
        return Token{Token::Kind::Word, std::string(text_.substr(at, at_ - at)), at};
    }

    Result<Token> quoted() {
        Token token{Token::Kind::Quoted, {}, at_++};
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            token.text += text_[at_++];
        }
        if (at_ >= text_.size()) {
            return Error{Errc::Invalid, fmt::format("the text that begins at character {} has no closing \"", token.at + 1)};
        }
        ++at_;
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

class QueryParser {
public:
    explicit QueryParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Result<NodePtr> parse() {
        auto root = any(0);
        if (!root) return root;
        if (here().kind != Token::Kind::End) return unexpected("AND, OR or the end");
        return root;
    }

private:
    [[nodiscard]] const Token& here() const { return tokens_[at_]; }
    void go_on() { at_ = std::min(at_ + 1, tokens_.size() - 1); }
    [[nodiscard]] bool is_word(std::string_view word) const {
        return here().kind == Token::Kind::Word && equal_ignoring_case(here().text, word);
    }
    [[nodiscard]] Error unexpected(std::string_view wanted) const {
        return {Errc::Invalid,
                fmt::format("the query has {} at character {}, where {} is expected", here().text, here().at + 1, wanted)};
    }

    Result<NodePtr> any(int depth) { return joined(depth, Node::Kind::Or); }

    /// Or of ands of terms.
    Result<NodePtr> joined(int depth, Node::Kind kind) {
        if (depth > kDepthMax) return Error{Errc::Invalid, "the query is nested too deep"};
        auto node = std::make_shared<Node>();
        node->kind = kind;
        while (true) {
            auto child = kind == Node::Kind::Or ? joined(depth, Node::Kind::And) : negated(depth);
            if (!child) return child;
            node->children.push_back(std::move(*child));
            if (kind == Node::Kind::Or) {
                if (!is_word("OR")) break;
                go_on();
            } else if (is_word("AND")) {
                go_on();
            } else if (is_word("OR") || here().kind == Token::Kind::End || here().kind == Token::Kind::Close) {
                break;
            }
        }
        if (node->children.size() == 1) return node->children.front();
        return NodePtr(std::move(node));
    }

    Result<NodePtr> negated(int depth) {
        if (depth > kDepthMax) return Error{Errc::Invalid, "the query is nested too deep"};
        if (!is_word("NOT")) return term(depth);
        go_on();
        auto child = negated(depth + 1);
        if (!child) return child;
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::Not;
        node->children.push_back(std::move(*child));
        return NodePtr(std::move(node));
    }

    Result<NodePtr> term(int depth) {
        if (here().kind == Token::Kind::Open) return grouped(depth);
        const auto first = here();
        if (first.kind != Token::Kind::Word && first.kind != Token::Kind::Quoted) return unexpected("a field or a word");
        go_on();
        if (first.kind == Token::Kind::Word && here().kind == Token::Kind::Operator) {
            const auto name = lower_ascii(first.text);
            if (!is_field(name)) return unknown_field(first);
            field_ = name;
            op_ = here().text;
            go_on();
            auto value = here().kind == Token::Kind::Open ? grouped(depth) : value_of(here());
            field_.clear();
            op_.clear();
            return value;
        }
        return leaf(first);
    }

    Result<NodePtr> value_of(const Token& token) {
        if (token.kind != Token::Kind::Word && token.kind != Token::Kind::Quoted) return unexpected("a value");
        const auto value = token;
        go_on();
        return leaf(value);
    }

    /// In `tag: (a OR b)` the terms inside are values of the field.
    Result<NodePtr> grouped(int depth) {
        go_on();
        auto inside = any(depth + 1);
        if (!inside) return inside;
        if (here().kind != Token::Kind::Close) return unexpected("\")\"");
        go_on();
        return inside;
    }

    Result<NodePtr> leaf(const Token& token) const {
        auto node = std::make_shared<Node>();
        node->field = field_;
        node->op = op_.empty() ? ":" : op_;
        node->value = lower_ascii(token.text);
        node->is_prefix = token.kind == Token::Kind::Word && node->value.ends_with('*');
        if (node->is_prefix) node->value.pop_back();
        return NodePtr(std::move(node));
    }

    static Error unknown_field(const Token& token) {
        std::vector<std::string> names(kFields.begin(), kFields.end());
        auto text = fmt::format("there is no field \"{}\" to search in", printable(token.text));
        if (const auto near = nearest(lower_ascii(token.text), names)) text += fmt::format("; did you mean \"{}\"?", *near);
        return {Errc::Invalid, text};
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::string field_;
    std::string op_;
};

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && error == std::errc{} && end == text.data() + text.size()) return value;
    // A time in small letters, as everything here is.
    if (const auto time = parse_rfc3339(text)) return to_unix_ms(*time);
    return {};
}

bool compares(std::string_view op, std::string_view value, std::string_view wanted) {
    const auto a = number_of(value);
    const auto b = number_of(wanted);
    if (!a || !b) return false;
    if (op == "<") return *a < *b;
    if (op == "<=") return *a <= *b;
    if (op == ">") return *a > *b;
    return *a >= *b;
}

/// Whether a word of the text is the wanted one, or begins with it.
bool has_words(std::string_view text, const Node& term) {
    if (term.value.empty()) return true;
    const auto is_inside_word = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    };
    for (auto at = text.find(term.value); at != std::string_view::npos; at = text.find(term.value, at + 1)) {
        const bool begins = at == 0 || !is_inside_word(text[at - 1]);
        const auto end = at + term.value.size();
        const bool ends = term.is_prefix || end == text.size() || !is_inside_word(text[end]);
        if (begins && ends) return true;
    }
    return false;
}

bool holds(const Node& term, const Fact& fact) {
    const auto value = lower_ascii(fact.value);
    if (term.op != ":") return compares(term.op, value, term.value);
    if (term.field.empty() || is_one_of(fact.name, kProse)) return has_words(value, term);
    if (term.is_prefix) return std::string_view(value).starts_with(term.value);
    if (value == term.value) return true;
    const auto a = number_of(value);
    const auto b = number_of(term.value);
    return a && b && *a == *b;
}

bool matches_node(const Node& node, const Facts& facts) {
    const auto child = [&](const NodePtr& one) { return matches_node(*one, facts); };
    switch (node.kind) {
        case Node::Kind::And: return std::all_of(node.children.begin(), node.children.end(), child);
        case Node::Kind::Or: return std::any_of(node.children.begin(), node.children.end(), child);
        case Node::Kind::Not: return !child(node.children.front());
        case Node::Kind::Term: break;
    }
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
        const bool is_asked = node.field.empty() ? is_one_of(fact.name, kFreeText) : fact.name == node.field;
        return is_asked && holds(node, fact);
    });
}

}  // namespace

Result<Search> Search::read(std::string_view text) {
    Search search;
    if (trimmed(text).empty()) return search;
    if (code_points(text) > kQueryMax) {
        return Error{Errc::Invalid, fmt::format("the query is longer than {} characters", kQueryMax)};
    }
    auto tokens = Lexer(text).tokens();
    if (!tokens) return tokens.error();
    auto root = QueryParser(std::move(*tokens)).parse();
    if (!root) return root.error();
    search.root_ = std::move(*root);
    return search;
}

bool Search::matches(const Facts& facts) const { return root_ == nullptr || matches_node(*root_, facts); }

}  // namespace tocsin::opsgenie
