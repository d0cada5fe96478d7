#include "rules/yaml/cursor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "rules/yaml/cures.hpp"
#include "rules/yaml/tree.hpp"

namespace tocsin::yaml {
namespace {

/// Code points of a value that a message repeats.
constexpr std::size_t kQuotedMax = 60;

std::string described(const Node& node) {
    switch (node.kind) {
        case Node::Kind::Empty: return "empty";
        case Node::Kind::Scalar: return fmt::format("\"{}\"", truncated(node.text, kQuotedMax));
        case Node::Kind::List: return "a list";
        case Node::Kind::Map: return "a map";
    }
    return "something else";
}

template <class Number>
std::optional<Number> parse_all(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('+')) return {};
    return value;
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 2 || parts[0].size() != 2 || parts[1].size() != 2) return {};
    const auto is_digits = [](std::string_view part) { return part.find_first_not_of("0123456789") == std::string_view::npos; };
    if (!is_digits(parts[0]) || !is_digits(parts[1])) return {};
    const auto hours = parse_all<int>(parts[0]);
    const auto minutes = parse_all<int>(parts[1]);
    if (*hours > 23 || *minutes > 59) return {};
    return std::chrono::minutes{*hours * 60 + *minutes};
}

/// Two neighbouring letters swapped ("nmae"), else the nearest. A single letter is near to nothing.
std::optional<std::string> meant_by(std::string_view name, std::span<const std::string> names) {
    if (name.size() < 2) return {};
    std::string swapped(name);
    for (std::size_t i = 0; i + 1 < swapped.size(); ++i) {
        std::swap(swapped[i], swapped[i + 1]);
        if (std::find(names.begin(), names.end(), swapped) != names.end()) return swapped;
        std::swap(swapped[i], swapped[i + 1]);
    }
    return nearest(name, names);
}

void add_hint(Diagnostic& diagnostic, std::optional<std::string> hint) {
    if (hint) diagnostic.hints.push_back(std::move(*hint));
}

std::string range_text(IntegerRange range) {
    constexpr IntegerRange kAll;
    if (range.min == kAll.min && range.max == kAll.max) return "a whole number";
    if (range.max == kAll.max) return fmt::format("a whole number from {} on", range.min);
    if (range.min == kAll.min) return fmt::format("a whole number up to {}", range.max);
    return fmt::format("a whole number from {} to {}", range.min, range.max);
}

void report_unknown(const Entry& entry, const std::vector<std::string>& keys, std::span<const OtherWords> others) {
    auto& reported = entry.key.error(fmt::format("there is no key \"{}\" here", truncated(entry.name, kQuotedMax)));
    add_hint(reported, lookalike_cure(entry.name));
    if (hint_other_word(reported, entry.name, others)) return;
    if (reported.hints.empty()) hint_nearest(reported, entry.name, keys);
    if (reported.hints.empty()) reported.hints.push_back(fmt::format("the keys are {}", fmt::join(keys, ", ")));
}

bool is_at_or_in(const Node& node, const Place& place) {
    const bool is_at =
        node.line == place.line && node.column <= place.column && place.column < node.column + std::max(node.length, 1);
    const auto is_in = [&](const Node* child) { return is_at_or_in(*child, place); };
    return is_at || std::any_of(node.items.begin(), node.items.end(), is_in) ||
           std::any_of(node.entries.begin(), node.entries.end(),
                       [&](const auto& entry) { return is_in(entry.first) || is_in(entry.second); });
}

}  // namespace

bool Cursor::is_empty() const { return node_ != nullptr && node_->kind == Node::Kind::Empty; }
bool Cursor::is_scalar() const { return node_ != nullptr && node_->kind == Node::Kind::Scalar; }
bool Cursor::is_list() const { return node_ != nullptr && node_->kind == Node::Kind::List; }
bool Cursor::is_map() const { return node_ != nullptr && node_->kind == Node::Kind::Map; }
bool Cursor::is_quoted() const { return node_ != nullptr && node_->is_quoted; }

Place Cursor::place() const {
    TOCSIN_ASSERT(node_ != nullptr, "an absent value has no place");
    return tree_->place(*node_);
}

Place Cursor::place_of(std::size_t offset, std::size_t bytes) const {
    auto whole = place();
    if (!node_->is_verbatim || offset > node_->text.size()) return whole;
    const std::string_view text = node_->text;
    const auto before = code_points(text.substr(0, offset));
    const auto length = std::max<std::size_t>(1, code_points(text.substr(offset, bytes)));
    whole.column = node_->text_column + static_cast<std::int32_t>(before);
    whole.length = static_cast<std::int32_t>(length);
    return whole;
}

bool Cursor::covers(const Place& place) const {
    return node_ != nullptr && place.file == tree_->path && is_at_or_in(*node_, place);
}

std::string Cursor::subject() const {
    TOCSIN_ASSERT(node_ != nullptr, "an absent value has no name");
    if (node_->key != nullptr) return fmt::format("\"{}\"", truncated(node_->key->text, kQuotedMax));
    if (node_->parent == nullptr) return "the file";
    if (node_->parent->kind == Node::Kind::Map) return "a key";
    if (node_->parent->key == nullptr) return "an item of the list";
    return fmt::format("an item of \"{}\"", truncated(node_->parent->key->text, kQuotedMax));
}

bool Cursor::is_heard() const { return tree_ != nullptr && !tree_->diagnostics->is_full(); }

Diagnostic& Cursor::error(std::string message) const { return tree_->diagnostics->error(place(), std::move(message)); }
Diagnostic& Cursor::warning(std::string message) const { return tree_->diagnostics->warning(place(), std::move(message)); }

Diagnostic& Cursor::error_at(Place place, std::string message) const {
    TOCSIN_ASSERT(tree_ != nullptr, "an absent value reports nothing");
    return tree_->diagnostics->error(std::move(place), std::move(message));
}

Diagnostic& Cursor::wrong(std::string_view expected) const {
    auto& reported = error(fmt::format("{} must be {}, but is {}", subject(), expected, described(*node_)));
    if (node_->kind == Node::Kind::Scalar) add_hint(reported, lookalike_cure(node_->text));
    return reported;
}

const std::string* Cursor::scalar_for(std::string_view expected) const {
    if (node_ == nullptr) return nullptr;
    if (node_->kind == Node::Kind::Scalar) return &node_->text;
    if (node_->kind == Node::Kind::Empty) {
        error(fmt::format("{} is empty; give it a value or remove it", subject()));
    } else {
        wrong(expected);
    }
    return nullptr;
}

std::optional<std::string> Cursor::text() const {
    const auto* written = scalar_for("text");
    if (written == nullptr) return {};
    if (!trimmed(*written).empty()) return *written;
    error(fmt::format("{} must not be blank", subject()));
    return {};
}

std::optional<std::string> Cursor::text_or_blank() const {
    const auto* written = scalar_for("text");
    if (written == nullptr) return {};
    return *written;
}

std::optional<bool> Cursor::boolean() const {
    return read_or_cure("true or false", boolean_cure, [](std::string_view text) -> std::optional<bool> {
        if (text == "true") return true;
        if (text == "false") return false;
        return {};
    });
}

std::optional<std::int64_t> Cursor::integer(IntegerRange range) const {
    return read(range_text(range), [range](std::string_view text) {
        auto value = parse_all<std::int64_t>(text);
        if (value && (*value < range.min || *value > range.max)) value.reset();
        return value;
    });
}

std::optional<double> Cursor::number() const {
    return read_or_cure("a number", number_cure, [](std::string_view text) {
        auto value = parse_all<double>(text);
        if (value && !std::isfinite(*value)) value.reset();
        return value;
    });
}

std::optional<Duration> Cursor::duration() const {
    return read_or_cure("a duration such as 90s, 5m, 1h30m or 2d", duration_cure, parse_duration);
}

std::optional<Duration> Cursor::positive_duration() const {
    return read_or_cure("a duration above zero, such as 90s, 5m, 1h30m or 2d", duration_cure, [](std::string_view text) {
        auto value = parse_duration(text);
        if (value && value->count() == 0) value.reset();
        return value;
    });
}

std::optional<std::chrono::minutes> Cursor::time_of_day() const { return read("a time of day such as 20:00", parse_time_of_day); }

std::optional<CivilTime> Cursor::civil_time() const {
    return read_or_cure("a date and time such as 2026-01-04 20:00", civil_time_cure, parse_civil);
}

std::optional<Zone> Cursor::zone(std::size_t offset) const {
    const auto written = text();
    if (!written) return {};
    const auto name = written->substr(std::min(offset, written->size()));
    const auto found = Zone::find(name);
    const auto where = place_of(offset, name.size());
    if (!found) {
        add_hint(error_at(where, found.error().message()), lookalike_cure(name));
        return {};
    }
    if (const auto place = place_of_abbreviation(name); place && place != name) {
        auto& warned = tree_->diagnostics->warning(where, fmt::format("\"{}\" never changes to summer time", name));
        warned.code = kFixedZone;
        warned.hints.push_back(fmt::format("{} does", *place));
    }
    return *found;
}

std::optional<std::size_t> Cursor::choice(std::span<const std::string_view> names) const {
    const auto written = text();
    if (!written) return {};
    const auto found = std::find(names.begin(), names.end(), *written);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const std::vector<std::string> candidates(names.begin(), names.end());
    hint_nearest(wrong(fmt::format("one of {}", fmt::join(names, ", "))), *written, candidates);
    return {};
}

std::vector<Cursor> Cursor::list() const {
    std::vector<Cursor> items;
    if (node_ == nullptr) return items;
    if (node_->kind != Node::Kind::List) {
        auto& reported = wrong("a list");
        if (is_map()) reported.hints.emplace_back("begin each item with \"- \"; a list of one may be written [{ ... }]");
        return items;
    }
    for (const auto* item : node_->items) items.push_back(Cursor(tree_, item));
    return items;
}

std::vector<Cursor> Cursor::one_or_more() const {
    if (node_ == nullptr) return {};
    if (node_->kind == Node::Kind::List) return list();
    return {*this};
}

std::vector<Entry> Cursor::entries() const {
    std::vector<Entry> all;
    if (node_ == nullptr) return all;
    if (node_->kind != Node::Kind::Map) {
        wrong("a map");
        return all;
    }
    for (const auto& [key, value] : node_->entries) all.push_back({Cursor(tree_, key), Cursor(tree_, value), key->text});
    return all;
}

Record Cursor::record(std::initializer_list<std::string_view> keys, std::initializer_list<std::string_view> later,
                      std::span<const OtherWords> others) const {
    Record record(*this, std::vector<std::string>(keys.begin(), keys.end()));
    const bool is_empty_file = is_empty() && node_->parent == nullptr;
    if (is_absent() || is_empty_file) return record;
    for (const auto& entry : entries()) {
        if (std::find(later.begin(), later.end(), entry.name) != later.end()) {
            entry.key.error(fmt::format("\"{}\" is not supported by this version", entry.name));
        } else if (std::find(keys.begin(), keys.end(), entry.name) == keys.end()) {
            report_unknown(entry, record.keys_, others);
        }
    }
    return record;
}

Cursor Record::operator[](std::string_view key) const {
    TOCSIN_ASSERT(std::find(keys_.begin(), keys_.end(), key) != keys_.end(), "a key must be declared before it is read");
    if (!self_.is_map()) return {};
    for (const auto& [name, value] : self_.node_->entries) {
        if (name->text == key) return {self_.tree_, value};
    }
    return {};
}

Cursor Record::required(std::string_view key) const {
    const auto value = (*this)[key];
    const bool can_be_reported = self_.is_map() || (self_.is_empty() && self_.node_->parent == nullptr);
    if (value.is_absent() && can_be_reported) self_.error(fmt::format("{} needs the key \"{}\"", self_.subject(), key));
    return value;
}

bool hint_other_word(Diagnostic& diagnostic, std::string_view word, std::span<const OtherWords> others) {
    auto same = lower_ascii(word);
    std::replace(same.begin(), same.end(), '-', '_');
    const auto found = std::find_if(others.begin(), others.end(), [&](const OtherWords& other) {
        const auto words = split(other.words, ' ');
        return std::find(words.begin(), words.end(), same) != words.end();
    });
    if (found == others.end()) return false;
    diagnostic.hints.emplace_back(found->cure);
    return true;
}

void hint_nearest(Diagnostic& diagnostic, std::string_view name, std::span<const std::string> names) {
    if (const auto near = meant_by(name, names)) diagnostic.hints.push_back(fmt::format("did you mean \"{}\"?", *near));
}

void hint_nearest(Diagnostic& diagnostic, std::string_view name, std::span<const NamedPlace> names) {
    std::vector<std::string> candidates;
    for (const auto& named : names) candidates.push_back(named.name);
    const auto near = meant_by(name, candidates);
    if (!near) return;
    const auto found = std::find_if(names.begin(), names.end(), [&](const NamedPlace& named) { return named.name == *near; });
    diagnostic.hints.push_back(fmt::format("did you mean \"{}\" ({})?", *near, to_string(found->place)));
}

}  // namespace tocsin::yaml
