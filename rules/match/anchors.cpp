#include "rules/match/anchors.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "rules/match/regex_literals.hpp"

namespace tocsin::match {
namespace {

OperandAnchors one(Anchor::Where where, std::string_view text) {
    if (text.empty()) return {};
    return {{{where, lower_ascii(text)}}};
}

/// The literals between its wildcards.
OperandAnchors anchors_of_glob(std::string_view glob) {
    OperandAnchors all;
    for (std::size_t begin = 0; begin < glob.size();) {
        const auto end = std::min(glob.find_first_of("*?", begin), glob.size());
        const auto where = begin == 0 ? Anchor::Where::Begin : end == glob.size() ? Anchor::Where::End : Anchor::Where::Anywhere;
        for (auto& choice : one(where, glob.substr(begin, end - begin))) all.push_back(std::move(choice));
        begin = end + 1;
    }
    return all;
}

OperandAnchors anchors_of_regex(std::string_view pattern, Letters letters) {
    OperandAnchors all;
    for (auto& literals : regex_literals(pattern, letters)) {
        auto& choice = all.emplace_back();
        for (auto& literal : literals) choice.push_back({Anchor::Where::Anywhere, std::move(literal)});
    }
    return all;
}

OperandAnchors anchors_of_operand(const Condition& condition, const std::string& operand) {
    switch (condition.op) {
        case Operator::Prefix: return one(Anchor::Where::Begin, operand);
        case Operator::Suffix: return one(Anchor::Where::End, operand);
        case Operator::Contains: return one(Anchor::Where::Anywhere, operand);
        case Operator::Glob: return anchors_of_glob(operand);
        case Operator::Regex: return anchors_of_regex(operand, condition.ignore_case ? Letters::Folded : Letters::AsWritten);
        default: return {};
    }
}

}  // namespace

std::vector<OperandAnchors> anchors_of(const Condition& condition) {
    std::vector<OperandAnchors> all;
    for (const auto& operand : condition.operands) all.push_back(anchors_of_operand(condition, operand));
    return all;
}

}  // namespace tocsin::match
