// The schema that editors get and the decoders know the same keys: a key that one of them lacks fails here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.hpp"
#include "rules/language/schema.hpp"
#include "rules/language/warnings.hpp"
#include "tests/unit/rules/compile_kit.hpp"

namespace tocsin::schema_keys_test {
namespace {

namespace json = boost::json;
using Keys = std::set<std::string>;

/// An unknown key in every map whose keys are known, so that each of them says which it knows.
constexpr const char* kUnknownEverywhere = R"(
unheard-of: 1
people: { a: { unheard-of: 1, paged: [{ unheard-of: 1 }], vacations: [{ unheard-of: 1 }] } }
schedules:
  s:
    unheard-of: 1
    layers: [{ unheard-of: 1, rotate: { unheard-of: 1 } }]
    overrides: [{ unheard-of: 1 }]
escalations: { e: { unheard-of: 1, steps: [{ unheard-of: 1, after: { unheard-of: 1 } }, { after: [{ unheard-of: 1 }] }], repeat: { unheard-of: 1 } } }
services: { s: { unheard-of: 1 } }
storm: { unheard-of: 1 }
heartbeats: { h: { unheard-of: 1 } }
drills: { d: { unheard-of: 1 } }
mappings: [{ unheard-of: 1, status: { unheard-of: 1 }, priority: { unheard-of: 1 } }]
rules: [{ unheard-of: 1, match: { unheard-of: 1, title: { unheard-of: 1 } }, incident: { unheard-of: 1, flapping: { unheard-of: 1 } } }]
silences: [{ unheard-of: 1 }]
tests:
  - unheard-of: 1
    given: [{ unheard-of: 1, expect: { unheard-of: 1 } }, { unheard-of: 1, silence: { unheard-of: 1 } }]
    expect: { unheard-of: 1, pages: [{ unheard-of: 1 }] }
)";

Keys names_in(std::string_view list) {
    Keys names;
    for (const auto name : split(list, ',')) names.emplace(trimmed(name));
    return names;
}

/// What the decoders say after this: "the keys are", "the operators are", "the fields are".
std::set<Keys> told_after(std::string_view words) {
    std::set<Keys> told;
    const auto said = kit::said_of(kUnknownEverywhere);
    for (const auto line : split(said, '\n')) {
        const auto found = line.find(words);
        if (found != std::string_view::npos) told.insert(names_in(line.substr(found + words.size())));
    }
    return told;
}

Keys keys_of(const json::object& properties) {
    Keys keys;
    for (const auto& property : properties) keys.emplace(property.key());
    return keys;
}

/// The keys of every map in the schema that refuses all others.
void collect(const json::value& value, std::set<Keys>& into) {
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) collect(item, into);
    }
    const auto* object = value.if_object();
    if (object == nullptr) return;
    const auto* others = object->if_contains("additionalProperties");
    const auto* known = object->if_contains("properties");
    if (known != nullptr && known->is_object() && others != nullptr && others->is_bool())
        into.insert(keys_of(known->as_object()));
    for (const auto& entry : *object) collect(entry.value(), into);
}

json::object schema() { return json::parse(language::rulebook_schema()).as_object(); }

Keys keys_of_definition(const json::object& whole, std::string_view name) {
    return keys_of(whole.at("definitions").at(name).at("properties").as_object());
}

TEST(SchemaKeys, AreThoseThatTheDecodersKnow) {
    auto whole = schema();
    std::set<Keys> known;
    auto others = whole;
    others["definitions"].as_object().erase("match");
    others["definitions"].as_object().erase("condition");
    collect(others, known);
    EXPECT_GE(known.size(), 14U);
    EXPECT_EQ(known, told_after("the keys are "));
}

TEST(SchemaKeys, OfWaiversAreTheCodesThatMayBeWaived) {
    Keys waivable;
    for (const auto warning : language::warnings()) waivable.emplace(language::to_string(warning));
    waivable.erase(std::string(language::to_string(language::Warning::UnusedWaiver)));
    Keys known;
    const auto whole = schema();
    const auto& codes = whole.at("definitions").at("waivers").at("propertyNames").at("enum");
    for (const auto& code : codes.as_array()) known.emplace(code.as_string());
    EXPECT_EQ(known, waivable);
}

TEST(SchemaKeys, OfAConditionAreTheOperators) {
    EXPECT_THAT(told_after("the operators are "), testing::ElementsAre(keys_of_definition(schema(), "condition")));
}

TEST(SchemaKeys, OfAMatchAreTheFieldsAndWhatCombinesThem) {
    auto fields = keys_of_definition(schema(), "match");
    for (const auto* word : {"any", "all", "not"}) EXPECT_EQ(fields.erase(word), 1U) << word;
    EXPECT_THAT(told_after("the fields are "), testing::ElementsAre(fields));
}

}  // namespace
}  // namespace tocsin::schema_keys_test
