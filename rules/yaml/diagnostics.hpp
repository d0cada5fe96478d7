// What is wrong in a YAML file, with the place, the line and a cure; all of it, in the order of the files.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::yaml {

/// 1-based, as editors count; columns count code points.
struct Place {
    std::string file;
    std::int32_t line = 1;
    std::int32_t column = 1;
    std::int32_t length = 1;  ///< How much of the line to underline.
};

/// "rules/learner.yaml:31:19"
[[nodiscard]] std::string to_string(const Place& place);

/// A waived warning is one that the author has answered, with a reason.
enum class Level : std::uint8_t { Error, Warning, Waived };

/// "error", "warning", "waived"
[[nodiscard]] std::string_view to_string(Level level);

struct Diagnostic {
    Level level = Level::Error;
    /// What kind of thing it is, the same in every release: "shadowed-rule". Empty where nobody needs to name it.
    std::string code;
    Place place;
    std::string message;
    std::vector<std::string> hints;  ///< Each a line after "= ": "did you mean \"learner\" (rules/learner.yaml:20:3)?"
};

/// Diagnostics that are kept; of what is said beyond, only the number.
inline constexpr std::size_t kDiagnosticsMax = 1'000;
/// Diagnostics that render() shows: who has more wants to mend the first ones first.
inline constexpr std::size_t kRenderedMax = 200;

class Diagnostics {
public:
    /// Keeps the text so that a diagnostic can show its line.
    void add_file(std::string path, std::string text);

    /// The reference is good until the next call; for adding hints. The same thing said again of the same place (an alias read
    /// twice) replaces what was said before.
    Diagnostic& error(Place place, std::string message);
    Diagnostic& warning(Place place, std::string message);
    /// Every warning of this code whose place is covered is waived from now on, and the reason is its hint; how many they are.
    std::size_t waive(std::string_view code, std::string_view reason, const std::function<bool(const Place&)>& covers);

    /// Whether there are more already than are shown, so that a cure that is dear to find is not worth it.
    [[nodiscard]] bool is_full() const { return all_.size() >= kRenderedMax; }
    /// In the order in which they were reported, up to kDiagnosticsMax; render() sorts.
    [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
    [[nodiscard]] std::size_t errors() const;
    [[nodiscard]] std::size_t warnings() const;
    [[nodiscard]] std::size_t waived() const;

    /// One diagnostic with its line and caret, and a newline at the end:
    ///   rules/learner.yaml:31:19: error: no escalation is called "lerner"
    ///      31 |     escalation: lerner
    ///         |                 ^^^^^^
    ///         = did you mean "learner" (rules/learner.yaml:20:3)?
    [[nodiscard]] std::string render(const Diagnostic& diagnostic) const;
    /// Errors and warnings, in the order of their places, with how many more there are if there are too many to show.
    [[nodiscard]] std::string render() const;
    /// The same, and what is waived among them.
    [[nodiscard]] std::string render_with_waived() const;
    /// "2 errors, 1 warning, 3 waived"
    [[nodiscard]] std::string summary() const;

private:
    Diagnostic& add(Diagnostic diagnostic);
    [[nodiscard]] std::size_t count(Level level) const;
    [[nodiscard]] std::string render(std::initializer_list<Level> levels) const;
    [[nodiscard]] const std::string* line_of(const Place& place) const;

    std::map<std::string, std::vector<std::string>, std::less<>> lines_;
    std::vector<Diagnostic> all_;
    Diagnostic beyond_;  ///< Takes the hints of one that is not kept.
    std::size_t errors_beyond_ = 0;
    std::size_t warnings_beyond_ = 0;
    std::map<std::string, std::size_t, std::less<>> index_;  ///< Where in all_ something was said of a place.
};

}  // namespace tocsin::yaml
