// A YAML file as values with places: every read checks, reports what is wrong at its place, and lets the reader go on.
//
//     yaml::Diagnostics diagnostics;
//     const auto document = yaml::Document::parse("tocsin.yaml", text, diagnostics);
//     const auto top = document.root().record({"listen", "drain", "sources"});      // any other key: an error with the nearest
//     if (const auto drain = top["drain"].duration()) settings.drain = *drain;       // absent: silent; wrong: reported
//     const auto listen = top.required("listen").text();                             // absent: reported
//     for (const auto& source : top["sources"].entries()) { use(source.name, source.value); }   // names that the author chose
//     if (diagnostics.errors() > 0) std::cerr << diagnostics.render();
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "rules/yaml/diagnostics.hpp"

namespace tocsin::yaml {

struct Node;
struct Tree;
class Record;
struct Entry;

/// Bytes of one file; a larger one is an error.
inline constexpr std::size_t kFileBytesMax = std::size_t{16} << 20U;
/// Nesting of maps and lists; deeper is an error.
inline constexpr std::size_t kDepthMax = 64;
/// Values that all aliases (`*name`) of a file stand for together; more is an error.
inline constexpr std::size_t kAliasNodesMax = 100'000;

/// The code of a warning: a time zone that is right, and hardly ever meant.
inline constexpr std::string_view kFixedZone = "fixed-zone";

/// Both ends included.
struct IntegerRange {
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

/// Words of other programs' languages, or such as sound right, with spaces between them, and what to write here instead.
struct OtherWords {
    std::string_view words;
    std::string_view cure;
};

/// One value of a document, and where it stands; cheap to copy, good as long as the Document (and its Diagnostics) lives.
///
/// Reads that can fail answer nothing. On an absent value they are silent, so optional keys need no `if`; on a value of the wrong
/// kind, or one that is empty (`key:` with nothing behind it), they report an error.
class Cursor {
public:
    /// An absent value of no document.
    Cursor() = default;

    [[nodiscard]] bool is_absent() const { return node_ == nullptr; }
    [[nodiscard]] explicit operator bool() const { return node_ != nullptr; }
    /// There, with nothing in it: `key:`, `key: ~` or `key: null`.
    [[nodiscard]] bool is_empty() const;
    [[nodiscard]] bool is_scalar() const;
    [[nodiscard]] bool is_list() const;
    [[nodiscard]] bool is_map() const;
    /// A scalar in quotes (or a block, `|` or `>`): text whatever it looks like.
    [[nodiscard]] bool is_quoted() const;

    /// Where the value stands. That of an empty value, and of a map or list that begins on a later line than its key, is its
    /// key's. Must not be asked of an absent value; the same goes for the two below.
    [[nodiscard]] Place place() const;
    /// A part of a scalar: `bytes` of its text from byte `offset` on. The whole value where the text does not stand there as it
    /// reads (escapes, several lines).
    [[nodiscard]] Place place_of(std::size_t offset, std::size_t bytes) const;
    /// Whether the place is this value's, or that of something in it. Nothing is in an absent value.
    [[nodiscard]] bool covers(const Place& place) const;
    /// For messages: `"after"`, `an item of "people"`, `the file`.
    [[nodiscard]] std::string subject() const;

    /// Whether what is reported now is likely to be shown: if not, a cure that is dear to find is not worth it.
    [[nodiscard]] bool is_heard() const;
    /// Reports at this value's place; the reference is good until the next report.
    Diagnostic& error(std::string message) const;
    Diagnostic& warning(std::string message) const;
    Diagnostic& error_at(Place place, std::string message) const;
    /// Reports that the value must be `expected` and is not: `"after" must be a duration such as 5m, but is "soon"`.
    Diagnostic& wrong(std::string_view expected) const;

    /// A scalar, as written (`on` is "on", `0123` is "0123"), not empty.
    [[nodiscard]] std::optional<std::string> text() const;
    /// A scalar that may be empty in quotes.
    [[nodiscard]] std::optional<std::string> text_or_blank() const;
    /// `true` or `false`.
    [[nodiscard]] std::optional<bool> boolean() const;
    [[nodiscard]] std::optional<std::int64_t> integer(IntegerRange range = {}) const;
    /// Finite.
    [[nodiscard]] std::optional<double> number() const;
    /// See tocsin::parse_duration().
    [[nodiscard]] std::optional<Duration> duration() const;
    /// The same, and zero is an error.
    [[nodiscard]] std::optional<Duration> positive_duration() const;
    /// "20:00", since midnight.
    [[nodiscard]] std::optional<std::chrono::minutes> time_of_day() const;
    /// "2026-01-04 20:00"; see tocsin::parse_civil().
    [[nodiscard]] std::optional<CivilTime> civil_time() const;
    /// An IANA name, which begins at byte `offset` of the text.
    [[nodiscard]] std::optional<Zone> zone(std::size_t offset = 0) const;
    /// The number of the name that is written; any other text is an error that lists the names.
    [[nodiscard]] std::optional<std::size_t> choice(std::span<const std::string_view> names) const;
    /// The text as `parse` (text -> optional) understands it; where it does not, an error that says what was `expected`.
    template <class Parse>
    [[nodiscard]] auto read(std::string_view expected, Parse parse) const -> std::invoke_result_t<Parse, std::string_view>;

    /// The same, with what `cure` (text -> optional hint) has to say of a text that `parse` does not understand.
    template <class Cure, class Parse>
    [[nodiscard]] auto read_or_cure(std::string_view expected, Cure cure, Parse parse) const
        -> std::invoke_result_t<Parse, std::string_view>;

    /// The items of a list; anything else is an error. An empty list is not.
    [[nodiscard]] std::vector<Cursor> list() const;
    /// The items of a list, or the value itself as the only item.
    [[nodiscard]] std::vector<Cursor> one_or_more() const;
    /// The keys and values of a map whose keys the author chooses, as written; anything but a map is an error.
    [[nodiscard]] std::vector<Entry> entries() const;
    /// A map whose keys are known: every other key is an error with the nearest of them. Anything but a map is an error too, and
    /// gives a record without values (an empty file counts as an empty map).
    /// `later` are keys that a later version will know: one of them is an error that says so, and not a typing mistake.
    /// `others` are words that people bring along; one of them is an error with its cure.
    [[nodiscard]] Record record(std::initializer_list<std::string_view> keys, std::initializer_list<std::string_view> later = {},
                                std::span<const OtherWords> others = {}) const;
    /// The value as JSON, on one line: a scalar without quotes that reads as a number, true, false or null is one.
    [[nodiscard]] std::string json() const;

private:
    friend class Document;
    friend class Record;
    Cursor(const Tree* tree, const Node* node) : tree_(tree), node_(node) {}
    /// The text of a scalar; null after the report that it must be `expected` and is none.
    [[nodiscard]] const std::string* scalar_for(std::string_view expected) const;

    const Tree* tree_ = nullptr;
    const Node* node_ = nullptr;
};

struct Entry {
    Cursor key;  ///< A scalar; `key.place()` is where the key stands.
    Cursor value;
    std::string name;  ///< The key's text.
};

/// A map with known keys.
class Record {
public:
    /// The value of a key that was declared when the record was read (asking for another is a bug); absent if it is not there.
    [[nodiscard]] Cursor operator[](std::string_view key) const;
    /// The same; that it is not there is an error at the record.
    [[nodiscard]] Cursor required(std::string_view key) const;
    /// The map itself, for its place.
    [[nodiscard]] const Cursor& self() const { return self_; }

private:
    friend class Cursor;
    Record(Cursor self, std::vector<std::string> keys) : self_(self), keys_(std::move(keys)) {}

    Cursor self_;
    std::vector<std::string> keys_;
};

/// A parsed file. Cursors point into it: keep it (moving it is fine) as long as any of them.
class Document {
public:
    /// Gives the text to `diagnostics`, which must outlive the document, and reports there: syntax, duplicate keys (at both
    /// places), merge keys, more than one document, and the bounds above. With a syntax error the root is absent, so that nothing
    /// follows from it.
    [[nodiscard]] static Document parse(std::string path, std::string text, Diagnostics& diagnostics);

    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();

    [[nodiscard]] Cursor root() const;

private:
    explicit Document(std::unique_ptr<Tree> tree);
    std::unique_ptr<Tree> tree_;
};

/// Adds the cure of a word that people bring along from elsewhere; without regard to case, and to `-` for `_`. True if it is one.
bool hint_other_word(Diagnostic& diagnostic, std::string_view word, std::span<const OtherWords> others);
/// Adds `did you mean "learner"?` to a diagnostic, if one of the names is near.
void hint_nearest(Diagnostic& diagnostic, std::string_view name, std::span<const std::string> names);
/// The place of a name, for hints: `did you mean "learner" (rules/learner.yaml:20:3)?`
struct NamedPlace {
    std::string name;
    Place place;
};
void hint_nearest(Diagnostic& diagnostic, std::string_view name, std::span<const NamedPlace> names);

template <class Parse>
auto Cursor::read(std::string_view expected, Parse parse) const -> std::invoke_result_t<Parse, std::string_view> {
    return read_or_cure(
        expected, [](std::string_view) { return std::optional<std::string>{}; }, parse);
}

template <class Cure, class Parse>
auto Cursor::read_or_cure(std::string_view expected, Cure cure, Parse parse) const
    -> std::invoke_result_t<Parse, std::string_view> {
    const auto* written = scalar_for(expected);
    if (written == nullptr) return {};
    auto value = parse(std::string_view{*written});
    if (value) return value;
    auto& reported = wrong(expected);
    if (auto hint = cure(std::string_view{*written})) reported.hints.push_back(std::move(*hint));
    return value;
}

}  // namespace tocsin::yaml
