// The operators of a field in a `match`.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"
#include "rules/language/warnings.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::language {
namespace {

using match::Condition;
using match::Expression;
using match::Operator;

constexpr std::string_view kIgnoreCase = "ignore_case";

/// What an operator takes: texts, one number, two of them, true or false, address prefixes.
enum class Takes : std::uint8_t { Texts, Number, Range, Claim, Prefixes };

struct Word {
    std::string_view name;
    Operator op;
    Takes takes;
};
constexpr std::array kOperatorWords{
    Word{"is", Operator::OneOf, Takes::Texts},          Word{"one_of", Operator::OneOf, Takes::Texts},
    Word{"prefix", Operator::Prefix, Takes::Texts},     Word{"suffix", Operator::Suffix, Takes::Texts},
    Word{"contains", Operator::Contains, Takes::Texts}, Word{"glob", Operator::Glob, Takes::Texts},
    Word{"regex", Operator::Regex, Takes::Texts},       Word{"has", Operator::Has, Takes::Texts},
    Word{"present", Operator::Present, Takes::Claim},   Word{"above", Operator::Above, Takes::Number},
    Word{"at_least", Operator::AtLeast, Takes::Number}, Word{"below", Operator::Below, Takes::Number},
    Word{"at_most", Operator::AtMost, Takes::Number},   Word{"between", Operator::Between, Takes::Range},
    Word{"cidr", Operator::Cidr, Takes::Prefixes}};

const Word* find_word(std::string_view name) {
    const auto* found =
        std::find_if(kOperatorWords.begin(), kOperatorWords.end(), [&](const Word& word) { return word.name == name; });
    return found == kOperatorWords.end() ? nullptr : found;
}

/// `> 5`, `<=10`: what other languages have for numbers.
bool is_comparison(std::string_view text) {
    const auto number = text.find_first_not_of("<>= ");
    const bool begins = text.starts_with('<') || text.starts_with('>') || text.starts_with("==");
    return begins && number != std::string_view::npos &&
           text.find_first_not_of("0123456789.,%", number) == std::string_view::npos;
}

Expression leaf(Condition condition) {
    Expression expression;
    expression.kind = Expression::Kind::Condition;
    expression.condition = std::move(condition);
    return expression;
}

Expression all_of(std::vector<Expression> children) {
    if (children.size() == 1) return std::move(children.front());
    Expression expression;
    expression.children = std::move(children);
    return expression;
}

Expression none_of(Expression child) {
    Expression expression;
    expression.kind = Expression::Kind::Not;
    expression.children.push_back(std::move(child));
    return expression;
}

/// A field's own conditions, from the map of its operators.
class FieldDecoder {
public:
    FieldDecoder(const std::string& path, std::vector<MatchedName>& matched) : path_(path), matched_(matched) {}

    Expression decode(const yaml::Cursor& value) {
        if (value.is_map()) return decode_operators(value);
        return leaf(texts(value, Operator::OneOf));
    }

private:
    Expression decode_operators(const yaml::Cursor& map) {
        const auto entries = map.entries();
        const auto outer = ignore_case_;
        read_ignore_case(entries);
        std::vector<Expression> all;
        for (const auto& entry : entries) {
            if (entry.name != kIgnoreCase) decode_operator(entry, all);
        }
        const bool has_operator =
            std::any_of(entries.begin(), entries.end(), [](const auto& e) { return e.name != kIgnoreCase; });
        if (!has_operator) map.error("an operator is missing, such as { prefix: web } or { at_least: 100 }");
        ignore_case_ = outer;
        return all_of(std::move(all));
    }

    void read_ignore_case(const std::vector<yaml::Entry>& entries) {
        const auto is_it = [](const yaml::Entry& entry) { return entry.name == kIgnoreCase; };
        const auto found = std::find_if(entries.begin(), entries.end(), is_it);
        if (found == entries.end()) return;
        ignore_case_ = found->value.boolean().value_or(false);
        const auto is_text = [](const yaml::Entry& entry) {
            const auto* word = find_word(entry.name);
            return entry.name == "not" || (word != nullptr && word->takes == Takes::Texts);
        };
        if (std::none_of(entries.begin(), entries.end(), is_text)) {
            found->key.error("\"ignore_case\" stands beside an operator for text, and there is none here");
        }
    }

    void decode_operator(const yaml::Entry& entry, std::vector<Expression>& into) {
        if (entry.name == "not") {
            into.push_back(none_of(decode(entry.value)));
            return;
        }
        const auto* word = find_word(entry.name);
        if (word == nullptr) {
            report_unknown(entry);
            return;
        }
        if (auto condition = decode_word(*word, entry.value)) into.push_back(leaf(std::move(*condition)));
    }

    void report_unknown(const yaml::Entry& entry) const {
        std::vector<std::string> names{"not", std::string(kIgnoreCase)};
        for (const auto& word : kOperatorWords) names.emplace_back(word.name);
        auto& reported = entry.key.error(fmt::format("there is no operator \"{}\"", entry.name));
        if (yaml::hint_other_word(reported, entry.name, other_words::of_operators())) return;
        yaml::hint_nearest(reported, entry.name, names);
        if (!reported.hints.empty()) return;
        const bool can_have_parts = path_.starts_with("payload") || path_.starts_with("labels");
        if (can_have_parts) {
            reported.hints.push_back(fmt::format("if it is a part of the field, write {}.{} as the key", path_, entry.name));
        }
        reported.hints.push_back(fmt::format("the operators are {}", fmt::join(names, ", ")));
    }

    std::optional<Condition> decode_word(const Word& word, const yaml::Cursor& value) {
        switch (word.takes) {
            case Takes::Texts: return texts(value, word.op);
            case Takes::Number: return number(value, word.op);
            case Takes::Range: return range(value);
            case Takes::Claim: return claim(value);
            case Takes::Prefixes: return prefixes(value);
        }
        return {};
    }

    Condition condition(Operator op) const {
        Condition made;
        made.path = path_;
        made.op = op;
        return made;
    }

    Condition texts(const yaml::Cursor& value, Operator op) {
        auto made = condition(op);
        made.ignore_case = ignore_case_;
        for (const auto& item : one_or_more(value)) {
            auto text = item.text_or_blank();
            if (!text) {
                hint_absent(item);
                continue;
            }
            check_text(item, *text, op);
            made.operands.push_back(std::move(*text));
        }
        return made;
    }

    /// `labels.team: ~` is how other languages ask for an absent field.
    static void hint_absent(const yaml::Cursor& item) {
        if (!item.is_empty()) return;
        item.error(fmt::format("{} is empty; give it a value or remove it", item.subject()))
            .hints.emplace_back("for a field that is not there, write { present: false }; for an empty text, \"\"");
    }

    void check_text(const yaml::Cursor& item, std::string& text, Operator op) {
        const bool is_equality = op == Operator::OneOf || op == Operator::Has;
        if (op == Operator::Regex) {
            const auto checked = match::check_regex(text, ignore_case_);
            if (!checked) report_regex(item, text, checked.error().message());
        } else if (is_equality && is_comparison(text)) {
            warn(item, Warning::OperatorInText, fmt::format("\"{}\" is compared as a text", text))
                .hints.emplace_back("numbers are compared by above, at_least, below and at_most, as in { above: 5 }");
        } else if (text.empty() && !is_equality) {
            item.error(fmt::format("{} must not be empty: every text would do", item.subject()));
        } else if (is_equality && path_ == "severity") {
            // The field holds the word, however the author writes it.
            if (const auto known = severity(item)) text = to_string(*known);
        } else if (is_equality && (path_ == "service" || path_ == "source") && !ignore_case_) {
            matched_.push_back({path_, {text, item}});
        }
    }

    /// What other engines have and RE2 has not, or a glob in the place of a regex.
    static void report_regex(const yaml::Cursor& item, std::string_view text, std::string_view message) {
        auto& reported = report_at_byte(item, message);
        const auto has = [&](std::string_view part) { return message.find(part) != std::string_view::npos; };
        if (has("(?<") && text.find("(?<=") == std::string_view::npos && text.find("(?<!") == std::string_view::npos) {
            reported.hints.emplace_back("a group with a name is written (?P<name>...)");
        } else if (has("(?>") || has("++") || has("*+") || has("?+")) {
            reported.hints.emplace_back(
                "RE2 never tries again, so it has no atomic groups and no possessive repetitions: write (?:...), +");
        } else if (has("invalid repetition size")) {
            reported.hints.emplace_back("RE2 repeats 1000 times at most");
        } else if (has("missing )")) {
            reported.hints.emplace_back("a group that was opened is not closed; for the character itself, write \\(");
        } else if (has("missing ]")) {
            reported.hints.emplace_back("a class that was opened is not closed; for the character itself, write \\[");
        } else if (has("(?=") || has("(?!") || has("(?<")) {
            reported.hints.emplace_back(
                "RE2 has no look-ahead and no look-behind; write a second condition, in \"not\" if it must not hold");
        } else if (has("invalid escape sequence: \\") && text.find('(') != std::string_view::npos) {
            reported.hints.emplace_back("RE2 knows no back-references (\\1), and only the usual escapes");
        } else if (has("no argument for repetition")) {
            reported.hints.emplace_back("for * as any run of characters, write glob: \"*text*\"; for the character itself, \\*");
        }
    }

    std::optional<Condition> number(const yaml::Cursor& value, Operator op) const {
        const auto operand = value.number();
        if (!operand) return {};
        auto made = condition(op);
        (op == Operator::Above || op == Operator::AtLeast ? made.low : made.high) = *operand;
        return made;
    }

    std::optional<Condition> range(const yaml::Cursor& value) const {
        const auto ends = value.list();
        if (!value.is_list()) return {};
        if (ends.size() != 2) {
            value.error(fmt::format("\"between\" needs two numbers, as in [1, 10], but has {}", ends.size()));
            return {};
        }
        const auto low = ends[0].number();
        const auto high = ends[1].number();
        if (!low || !high) return {};
        if (*low > *high) {
            value.error("no number is between these: the first must not be above the second");
            return {};
        }
        auto made = condition(Operator::Between);
        made.low = *low;
        made.high = *high;
        return made;
    }

    std::optional<Condition> claim(const yaml::Cursor& value) const {
        const auto is_there = value.boolean();
        if (!is_there) return {};
        return condition(*is_there ? Operator::Present : Operator::Absent);
    }

    std::optional<Condition> prefixes(const yaml::Cursor& value) const {
        auto made = condition(Operator::Cidr);
        for (const auto& item : one_or_more(value)) {
            auto text = item.text();
            if (!text) continue;
            if (const auto checked = match::check_cidr(*text); !checked) {
                report_at_byte(item, checked.error().message());
                continue;
            }
            made.operands.push_back(std::move(*text));
        }
        return made;
    }

    const std::string& path_;
    std::vector<MatchedName>& matched_;
    bool ignore_case_ = false;
};

}  // namespace

match::Expression decode_conditions(const std::string& path, const yaml::Cursor& value, std::vector<MatchedName>& matched) {
    return FieldDecoder(path, matched).decode(value);
}

}  // namespace tocsin::language
