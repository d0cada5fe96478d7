// Whose key it is that somebody shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/api/key_ring.hpp"
#include "daemon/config/key_text.hpp"

namespace tocsin::api::key_ring_test {
namespace {

using config::key_hash;
using config::KeyForm;
using config::new_key;
using testing::ElementsAre;
using testing::Field;

TimePoint at(std::int64_t seconds) { return from_unix_ms(seconds * 1'000); }

SourceKey key(const std::string& id, std::string_view shown) {
    SourceKey made;
    made.id = id;
    made.hash = key_hash(shown);
    made.source = "splunk";
    return made;
}

TEST(KeyRing, KnowsAKeyByItsHash) {
    EXPECT_EQ(key_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
    KeyRing ring;
    ring.hold({key("k1", "first"), key("k2", "second")});
    ASSERT_NE(ring.find("second", at(0)), nullptr);
    EXPECT_EQ(ring.find("second", at(0))->id, "k2");
    EXPECT_EQ(ring.find("third", at(0)), nullptr);
    EXPECT_EQ(ring.find("", at(0)), nullptr);
    EXPECT_EQ(ring.find(key_hash("first"), at(0)), nullptr) << "the hash is no key";
}

TEST(KeyRing, AKeyIsGoodUntilTheInstantFromWhichItIsRevoked) {
    auto old = key("k1", "first");
    old.revoked_at = at(100);
    KeyRing ring;
    ring.hold({old, key("k2", "second")});
    EXPECT_NE(ring.find("first", at(99)), nullptr);
    EXPECT_EQ(ring.find("first", at(100)), nullptr);
    EXPECT_NE(ring.find("second", at(100)), nullptr) << "two live at once, so that senders can change over";
}

TEST(KeyRing, TellsOnceWhenEachKeyWasLastUsed) {
    KeyRing ring;
    ring.hold({key("k1", "first"), key("k2", "second")});
    ring.note_use(*ring.find("first", at(5)), at(5));
    ring.note_use(*ring.find("first", at(6)), at(6));
    EXPECT_EQ(ring.keys().front().last_used_at, at(6));
    ring.hold({key("k1", "first")});
    EXPECT_EQ(ring.keys().front().last_used_at, at(6)) << "what the database does not know yet";
    EXPECT_THAT(ring.take_uses(), ElementsAre(Field(&KeyUse::at, at(6))));
    EXPECT_TRUE(ring.take_uses().empty());
}

TEST(KeyRing, NewKeysHaveTheFormThatClientsLookForAndAreNeverTheSame) {
    const auto plain = new_key(KeyForm::Plain);
    EXPECT_THAT(plain, testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_NE(plain, new_key(KeyForm::Plain));
    EXPECT_THAT(new_key(KeyForm::Uuid), testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
}

TEST(KeyRing, AKeyWithoutEndpointsIsGoodForAllAndOneWithThemForThemOnly) {
    auto some = key("k1", "first");
    EXPECT_TRUE(is_good_for(some, Endpoint::Silences));
    some.endpoints = {Endpoint::Alerts};
    EXPECT_TRUE(is_good_for(some, Endpoint::Alerts));
    EXPECT_FALSE(is_good_for(some, Endpoint::Silences));
    for (const auto name : endpoint_names()) EXPECT_EQ(to_string(parse_endpoint(name).value()), name);
    EXPECT_FALSE(parse_endpoint("alert"));
}

}  // namespace
}  // namespace tocsin::api::key_ring_test
