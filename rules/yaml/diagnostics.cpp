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

std::string_view to_string(Level level) {
    switch (level) {
        case Level::Error: return "error";
        case Level::Warning: return "warning";
        case Level::Waived: return "waived";
    }
    return "error";
}

std::string to_string(const Place& place) { return fmt::format("{}:{}:{}", place.file, place.line, place.column); }

void Diagnostics::add_file(std::string path, std::string text) {
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n')) lines.emplace_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    lines_.insert_or_assign(std::move(path), std::move(lines));
}

Diagnostic& Diagnostics::error(Place place, std::string message) {
    return add({Level::Error, "", std::move(place), std::move(message), {}});
}

Diagnostic& Diagnostics::warning(Place place, std::string message) {
    return add({Level::Warning, "", std::move(place), std::move(message), {}});
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
    if (all_.size() >= kDiagnosticsMax) {
        ++(diagnostic.level == Level::Error ? errors_beyond_ : warnings_beyond_);
        return beyond_ = std::move(diagnostic);
    }
    const auto same = fmt::format("{} {} {}", to_string(diagnostic.place), to_string(diagnostic.level), diagnostic.message);
    const auto [found, is_new] = index_.try_emplace(same, all_.size());
    if (is_new) return all_.emplace_back(std::move(diagnostic));
    all_[found->second].hints.clear();
    return all_[found->second];
}

std::size_t Diagnostics::waive(std::string_view code, std::string_view reason, const std::function<bool(const Place&)>& covers) {
    std::size_t count = 0;
    for (auto& diagnostic : all_) {
        if (diagnostic.level != Level::Warning || diagnostic.code != code || !covers(diagnostic.place)) continue;
        diagnostic.level = Level::Waived;
        diagnostic.hints = {fmt::format("waived: {}", reason)};
        ++count;
    }
    return count;
}

std::size_t Diagnostics::count(Level level) const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [level](const Diagnostic& d) { return d.level == level; }));
}

std::size_t Diagnostics::errors() const { return count(Level::Error) + errors_beyond_; }
std::size_t Diagnostics::warnings() const { return count(Level::Warning) + warnings_beyond_; }
std::size_t Diagnostics::waived() const { return count(Level::Waived); }

const std::string* Diagnostics::line_of(const Place& place) const {
    const auto file = lines_.find(place.file);
    const auto index = static_cast<std::size_t>(place.line) - 1;
    if (file == lines_.end() || place.line < 1 || index >= file->second.size()) return nullptr;
    return &file->second[index];
}

std::string Diagnostics::render(const Diagnostic& diagnostic) const {
    const auto code = diagnostic.code.empty() ? std::string() : fmt::format("[{}]", diagnostic.code);
    auto text = fmt::format("{}: {}{}: {}\n", to_string(diagnostic.place), to_string(diagnostic.level), code,
                            printable(diagnostic.message));
    if (const auto* line = line_of(diagnostic.place)) text += excerpt(*line, diagnostic.place);
    for (const auto& hint : diagnostic.hints) text += fmt::format("      = {}\n", printable(hint));
    return text;
}

std::string Diagnostics::render() const { return render({Level::Error, Level::Warning}); }

std::string Diagnostics::render_with_waived() const { return render({Level::Error, Level::Warning, Level::Waived}); }

std::string Diagnostics::render(std::initializer_list<Level> levels) const {
    std::vector<const Diagnostic*> sorted;
    for (const auto& diagnostic : all_) {
        if (std::find(levels.begin(), levels.end(), diagnostic.level) != levels.end()) sorted.push_back(&diagnostic);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Diagnostic* a, const Diagnostic* b) { return order(a->place) < order(b->place); });
    std::string text;
    const auto shown_count = std::min(sorted.size(), kRenderedMax);
    for (std::size_t i = 0; i < shown_count; ++i) text += render(*sorted[i]);
    const auto more = sorted.size() - shown_count + errors_beyond_ + warnings_beyond_;
    if (more > 0) text += fmt::format("and {} more\n", more);
    return text;
}

std::string Diagnostics::summary() const {
    std::string text;
    if (errors() > 0) text = counted(errors(), "error");
    if (warnings() > 0) text += fmt::format("{}{}", text.empty() ? "" : ", ", counted(warnings(), "warning"));
    if (text.empty()) text = "no errors";
    return waived() == 0 ? text : fmt::format("{}, {} waived", text, waived());
}

}  // namespace tocsin::yaml
