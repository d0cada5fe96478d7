// What check knows of the fields that a kind of source never has is what the real parsers make of real bodies.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/intake_samples.hpp"
#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::lint_fields_test {
namespace {

/// The fields, of those that are the same for every source, that some sample has.
std::set<std::string> fields_of(const std::string& kind, const std::string& folder) {
    std::set<std::string> found;
    for (const auto& name : intake::sample_names(folder)) {
        auto parsed = intake::parse(kind, kind, intake::sample(folder, name));
        if (!parsed) continue;
        for (const auto& arrival : parsed->arrivals) {
            for (std::size_t i = 0; i < arrival.fields.size(); ++i) found.emplace(arrival.fields[i].path);
        }
    }
    std::erase_if(found, [](const std::string& path) { return path.starts_with("payload"); });
    return found;
}

std::string said_of(const std::string& kind, const std::string& path) {
    return kit::said_of(
        kit::base() + fmt::format("rules: [{{ name: x, service: lms, match: {{ kind: {} }}, incident: ['{}'] }}]\n", kind, path));
}

TEST(LintFields, NeverSaysOfAFieldThatASampleHasThatItCannotBeThere) {
    for (const auto& [kind, folder] : {std::pair{"splunk", "splunk"}, std::pair{"opsgenie", "opsgenie_webhook"}}) {
        const auto paths = fields_of(kind, folder);
        EXPECT_GT(paths.size(), 8U) << kind;
        for (const auto& path : paths)
            EXPECT_EQ(said_of(kind, path).find("empty-field"), std::string::npos) << kind << ": " << path;
    }
}

TEST(LintFields, SaysThatSplunkHasNoTagsAndOpsgenieNoLink) {
    EXPECT_NE(said_of("splunk", "tags").find("empty-field"), std::string::npos);
    EXPECT_NE(said_of("splunk", "labels.team").find("empty-field"), std::string::npos);
    EXPECT_NE(said_of("opsgenie", "url").find("empty-field"), std::string::npos);
    EXPECT_EQ(said_of("opsgenie", "tags").find("empty-field"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::lint_fields_test
