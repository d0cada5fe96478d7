#include "daemon/cli/table.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::cli {
namespace {

std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        text += cells[i];
        if (i + 1 < cells.size()) text.append(widths[i] - code_points(cells[i]) + 2, ' ');
    }
    return text + "\n";
}

std::string one_line(const std::string& cell) {
    auto text = printable(cell);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return text;
}

}  // namespace

std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& heading : headings) widths.push_back(code_points(heading));
    auto clean = rows;
    for (auto& row : clean) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = one_line(row[i]);
            widths[i] = std::max(widths[i], code_points(row[i]));
        }
    }
    auto text = line(headings, widths);
    for (const auto& row : clean) text += line(row, widths);
    return text;
}

}  // namespace tocsin::cli
