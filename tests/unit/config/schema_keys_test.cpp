// The schema of tocsin.yaml that editors get and the reader know the same keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <set>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "daemon/config/schema.hpp"
#include "daemon/config/secrets.hpp"
#include "tests/unit/config/settings_fixture.hpp"

namespace tocsin::config::schema_keys_test {
namespace {

namespace json = boost::json;
using Keys = std::set<std::string>;

constexpr const char* kUnknownEverywhere =
    "unheard-of: 1\n"
    "sources: { s: { unheard-of: 1, two_way: { unheard-of: 1 } } }\n"
    "channels: { c: { unheard-of: 1 } }\n"
    "api: { unheard-of: 1, tokens: { t: { unheard-of: 1 } } }\n"
    "rulebook: { unheard-of: 1 }\n"
    "limits: { unheard-of: 1 }\n"
    "keep: { unheard-of: 1 }\n"
    "heartbeat: { unheard-of: 1 }\n"
    "replies: { unheard-of: 1 }\n"
    "calendars: { unheard-of: 1 }\n"
    "silences: { unheard-of: 1 }\n"
    "log: { unheard-of: 1 }\n";

/// A secret in the file is known to the reader only to be refused with a cure.
std::set<Keys> keys_that_the_reader_knows() {
    constexpr std::string_view kWords = "the keys are ";
    std::set<Keys> known;
    const auto said = SettingsFolder{}.complaints(kUnknownEverywhere);
    for (const auto line : split(said, '\n')) {
        const auto found = line.find(kWords);
        if (found == std::string_view::npos) continue;
        Keys keys;
        for (const auto name : split(line.substr(found + kWords.size()), ',')) keys.emplace(trimmed(name));
        keys.erase(std::string(kSecretInline));
        known.insert(keys);
    }
    return known;
}

void collect(const json::value& value, std::set<Keys>& into) {
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) collect(item, into);
    }
    const auto* object = value.if_object();
    if (object == nullptr) return;
    if (object->contains("properties") && object->contains("additionalProperties")) {
        Keys keys;
        for (const auto& property : object->at("properties").as_object()) keys.emplace(property.key());
        into.insert(keys);
    }
    for (const auto& entry : *object) collect(entry.value(), into);
}

TEST(SettingsSchema, HasTheKeysThatTheReaderKnows) {
    std::set<Keys> known;
    collect(json::parse(settings_schema()), known);
    EXPECT_EQ(known, keys_that_the_reader_knows());
}

}  // namespace
}  // namespace tocsin::config::schema_keys_test
