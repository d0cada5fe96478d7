// Good rulebooks with a line or a word out of place: whatever comes of it is a rulebook, or is said with places that exist.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "core/base/text.hpp"
#include "rules/rulebook.hpp"
#include "tests/support/diagnostic_places.hpp"
#include "tests/support/places.hpp"

namespace tocsin::mutation_test {
namespace {

constexpr std::uint64_t kSeed = 20261124;
constexpr int kMutationsOfEach = 60;

std::string bytes_of(const std::string& relative) {
    std::ifstream file(test::source_path(relative), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : split(text, '\n')) lines.emplace_back(line);
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : rng_(seed) {}

    /// One to three mistakes as hands and merges make them.
    std::string mutated(const std::string& text) {
        auto lines = lines_of(text);
        for (auto mistakes = 1 + rng_.below(3); mistakes > 0; --mistakes) make_mistake(lines);
        return joined(lines);
    }

private:
    void make_mistake(std::vector<std::string>& lines) {
        const auto at = rng_.below(lines.size());
        auto& line = lines[at];
        switch (rng_.below(8)) {
            case 0: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at)); return;
            case 1: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), line); return;
            case 2: std::swap(line, lines[rng_.below(lines.size())]); return;
            case 3: line.insert(0, 1 + rng_.below(3), rng_.below(4) == 0 ? '\t' : ' '); return;
            case 4: line.erase(0, std::min<std::size_t>(line.size(), 1 + rng_.below(3))); return;
            case 5: swap_words(line); return;
            case 6: line.erase(std::min<std::size_t>(rng_.below(line.size() + 1), line.size()), 1 + rng_.below(4)); return;
            default: insert_mark(line); return;
        }
    }

    void swap_words(std::string& line) {
        std::vector<std::string> words;
        for (const auto word : split(line, ' ')) words.emplace_back(word);
        std::swap(words[rng_.below(words.size())], words[rng_.below(words.size())]);
        line.clear();
        for (const auto& word : words) line += word + " ";
    }

    void insert_mark(std::string& line) {
        constexpr std::array<std::string_view, 18> kMarks{"\"", "'",  ": ",  "[", "]",  "{",      "}", "- ",  "#",
                                                          "&a", "*a", "!x ", "|", "\\", "\u00a0", "%", "12:", "${"};
        line.insert(rng_.below(line.size() + 1), kMarks.at(rng_.below(kMarks.size())));
    }

    Rng rng_;
};

TEST(MutatedRulebook, IsARulebookOrSaysWhyAtPlacesThatExist) {
    CompileContext context;
    context.channels = {"email", "ntfy", "sms", "log"};
    context.read_sample = [](std::string_view, std::string_view) -> Result<std::string> { return std::string("{}"); };
    Mutator mutator(kSeed);
    int refused = 0;
    int taken = 0;
    for (const auto* path : {"rules/examples/learner/people.yaml", "rules/examples/learner/schedules.yaml",
                             "rules/examples/learner/services.yaml", "tests/golden/schema/every_form.yaml"}) {
        const auto good = bytes_of(path);
        ASSERT_FALSE(good.empty()) << path;
        for (int i = 0; i < kMutationsOfEach; ++i) {
            const std::vector<RulebookFile> files{{path, mutator.mutated(good)}};
            const auto compiled = compile_rulebook(files, context);
            ASSERT_EQ(test::flaw_in(compiled, files), "") << "in\n" << files.front().text;
            (compiled.rulebook == nullptr ? refused : taken) += 1;
        }
    }
    EXPECT_GT(refused, 50) << "the mistakes are too small to see anything";
    EXPECT_GT(taken, 5) << "the mistakes are too large to see anything";
}

}  // namespace
}  // namespace tocsin::mutation_test
