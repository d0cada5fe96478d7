#include "rules/yaml/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/base/text.hpp"

namespace tocsin::yaml {
namespace {

/// Code points of a line that are shown; of a longer one, those around the column.
constexpr std::size_t kShownMax = 160;

/// Code points [from, from + count) of a text.
std::string_view slice(std::string_view utf8, std::size_t from, std::size_t count) {
    const auto bytes_of = [&](std::size_t points) {
        std::size_t bytes = 0;
        for (; bytes < utf8.size(); ++bytes) {
            const bool is_start = (static_cast<unsigned char>(utf8[bytes]) & 0xC0U) != 0x80U;
            if (is_start && points-- == 0) break;
        }
        return bytes;
    };
    const auto begin = bytes_of(from);
    return utf8.substr(begin, bytes_of(from + count) - begin);
}

std::string shown(std::string_view line) {
    auto text = printable(line);
    std::replace(text.begin(), text.end(), '\t', ' ');
    return text;
}

std::string excerpt(const std::string& line, const Place& place) {
    auto text = shown(line);
    auto column = static_cast<std::size_t>(std::max(place.column, 1)) - 1;
    auto size = code_points(text);
    column = std::min(column, size);
    if (size > kShownMax) {
        const auto from = column < kShownMax / 2 ? 0 : std::min(column - kShownMax / 2, size - kShownMax);
        text = fmt::format("{}{}{}", from > 0 ? "…" : "", slice(text, from, kShownMax), from + kShownMax < size ? "…" : "");
        column = column - from + (from > 0 ? 1 : 0);
        size = code_points(text);
    }
    const auto length =
        std::clamp(static_cast<std::size_t>(std::max(place.length, 1)), std::size_t{1}, std::max<std::size_t>(1, size - column));
    return fmt::format("{:>5} | {}\n      | {}{}\n", place.line, text, std::string(column, ' '), std::string(length, '^'));
}

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

auto order(const Place& place) { return std::tie(place.file, place.line, place.column); }

}  // namespace

std::string to_string(const Place& place) { return fmt::format("{}:{}:{}", place.file, place.line, place.column); }

void Diagnostics::add_file(std::string path, std::string text) {
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n')) lines.emplace_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    lines_.insert_or_assign(std::move(path), std::move(lines));
}

Diagnostic& Diagnostics::error(Place place, std::string message) {
    return add(Level::Error, std::move(place), std::move(message));
}

Diagnostic& Diagnostics::warning(Place place, std::string message) {
    return add(Level::Warning, std::move(place), std::move(message));
}

Diagnostic& Diagnostics::add(Level level, Place place, std::string message) {
    if (all_.size() >= kDiagnosticsMax) {
        ++(level == Level::Error ? errors_beyond_ : warnings_beyond_);
        return beyond_ = Diagnostic{level, std::move(place), std::move(message), {}};
    }
    const auto [found, is_new] =
        index_.try_emplace(fmt::format("{} {} {}", to_string(place), level == Level::Error, message), all_.size());
    if (is_new) return all_.emplace_back(Diagnostic{level, std::move(place), std::move(message), {}});
    all_[found->second].hints.clear();
    return all_[found->second];
}

std::size_t Diagnostics::errors() const {
    const auto kept = std::count_if(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.level == Level::Error; });
    return errors_beyond_ + static_cast<std::size_t>(kept);
}

std::size_t Diagnostics::warnings() const { return all_.size() + errors_beyond_ + warnings_beyond_ - errors(); }

const std::string* Diagnostics::line_of(const Place& place) const {
    const auto file = lines_.find(place.file);
    const auto index = static_cast<std::size_t>(place.line) - 1;
    if (file == lines_.end() || place.line < 1 || index >= file->second.size()) return nullptr;
    return &file->second[index];
}

std::string Diagnostics::render(const Diagnostic& diagnostic) const {
    auto text = fmt::format("{}: {}: {}\n", to_string(diagnostic.place), diagnostic.level == Level::Error ? "error" : "warning",
                            printable(diagnostic.message));
    if (const auto* line = line_of(diagnostic.place)) text += excerpt(*line, diagnostic.place);
    for (const auto& hint : diagnostic.hints) text += fmt::format("      = {}\n", printable(hint));
    return text;
}

std::string Diagnostics::render() const {
    std::vector<const Diagnostic*> sorted;
    for (const auto& diagnostic : all_) sorted.push_back(&diagnostic);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Diagnostic* a, const Diagnostic* b) { return order(a->place) < order(b->place); });
    std::string text;
    const auto shown_count = std::min(sorted.size(), kRenderedMax);
    for (std::size_t i = 0; i < shown_count; ++i) text += render(*sorted[i]);
    const auto more = errors() + warnings() - shown_count;
    if (more > 0) text += fmt::format("and {} more\n", more);
    return text;
}

std::string Diagnostics::summary() const {
    const auto error_count = errors();
    const auto warning_count = warnings();
    if (error_count == 0 && warning_count == 0) return "no errors";
    if (warning_count == 0) return counted(error_count, "error");
    if (error_count == 0) return counted(warning_count, "warning");
    return fmt::format("{}, {}", counted(error_count, "error"), counted(warning_count, "warning"));
}

}  // namespace tocsin::yaml
