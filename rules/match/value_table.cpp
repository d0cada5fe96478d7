#include "rules/match/value_table.hpp"

#include "core/base/text.hpp"

namespace tocsin::match {

std::uint32_t ValueTable::add(std::uint32_t path, Letters letters, std::string_view operand, std::uint32_t number) {
    if (letters == Letters::AsWritten) {
        return as_written_.try_emplace(Text<Letters::AsWritten>{operand, path}, number).first->second;
    }
    const auto known = find_folded(path, operand);
    if (known != kUnknown) return known;
    folded_.emplace(Text<Letters::AsWritten>{lower_.emplace_back(lower_ascii(operand)), path}, number);
    return number;
}

std::uint32_t ValueTable::find(std::uint32_t path, std::string_view value) const {
    const auto found = as_written_.find(Text<Letters::AsWritten>{value, path});
    return found == as_written_.end() ? kUnknown : found->second;
}

std::uint32_t ValueTable::find_folded(std::uint32_t path, std::string_view value) const {
    const auto found = folded_.find(Text<Letters::Folded>{value, path});
    return found == folded_.end() ? kUnknown : found->second;
}

std::size_t ValueTable::bytes() const {
    const auto slots = as_written_.bucket_count() + folded_.bucket_count();
    return slots * (sizeof(Table::value_type) + 1) + lower_.size() * (sizeof(std::string) + 16);
}

}  // namespace tocsin::match
