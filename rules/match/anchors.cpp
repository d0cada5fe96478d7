#include "rules/match/anchors.hpp"

#include "core/base/text.hpp"
#include "rules/match/regex_literals.hpp"

namespace tocsin::match {
namespace {

/// The longest literal of a glob; a text at an edge of the value is found with fewer look-ups than one inside.
std::vector<Anchor> anchors_of_glob(std::string_view glob) {
    Anchor best;
    std::size_t best_worth = 0;
    for (std::size_t begin = 0; begin < glob.size();) {
        auto end = glob.find_first_of("*?", begin);
        if (end == std::string_view::npos) end = glob.size();
        const bool is_at_begin = begin == 0;
        const bool is_at_end = end == glob.size();
        const auto worth = (end - begin) * (is_at_begin || is_at_end ? 3 : 2);
        if (worth > best_worth) {
            best_worth = worth;
            best.where = is_at_begin ? Anchor::Where::Begin : is_at_end ? Anchor::Where::End : Anchor::Where::Anywhere;
            best.text = lower_ascii(glob.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    if (best_worth == 0) return {};
    return {best};
}

std::vector<Anchor> anchors_of_operand(const Condition& condition, const std::string& operand) {
    const auto one = [&](Anchor::Where where) {
        if (operand.empty()) return std::vector<Anchor>{};
        return std::vector<Anchor>{{where, lower_ascii(operand)}};
    };
    switch (condition.op) {
        case Operator::Prefix: return one(Anchor::Where::Begin);
        case Operator::Suffix: return one(Anchor::Where::End);
        case Operator::Contains: return one(Anchor::Where::Anywhere);
        case Operator::Glob: return anchors_of_glob(operand);
        default: break;
    }
    std::vector<Anchor> anchors;
    if (condition.op != Operator::Regex) return anchors;
    const auto letters = condition.ignore_case ? Letters::Folded : Letters::AsWritten;
    for (auto& literal : regex_literals(operand, letters)) anchors.push_back({Anchor::Where::Anywhere, std::move(literal)});
    return anchors;
}

}  // namespace

std::vector<Anchor> anchors_of(const Condition& condition) {
    std::vector<Anchor> all;
    for (const auto& operand : condition.operands) {
        auto next = anchors_of_operand(condition, operand);
        if (next.empty()) return {};
        for (auto& anchor : next) all.push_back(std::move(anchor));
    }
    return all;
}

}  // namespace tocsin::match
