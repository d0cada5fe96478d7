// What is kept of the keys of sources in SQLite.
#include <gtest/gtest.h>

#include <array>

#include "daemon/store/key_book.hpp"
#include "tests/contract/directory.hpp"
#include "tests/contract/values.hpp"

namespace tocsin::contract::key_book_test {
namespace {

store::SqliteOptions in(const Directory& directory) { return {.directory = directory.path(), .busy_timeout = Duration{50}}; }

SourceKey key(const std::string& id, const std::string& source) {
    return {id, id + "-hash", source, "2026", {Endpoint::Alerts, Endpoint::Reads}, "ops", at(1), {}, {}};
}

TEST(KeyBook, KeepsTheNewestWordOfEachKeyAndOutlivesTheProcess) {
    Directory directory;
    auto revoked = key("k2", "graylog");
    {
        const auto stores = store::open_sqlite(in(directory));
        ASSERT_TRUE(stores) << stores.error().message();
        const auto book = store::key_book(*stores);
        EXPECT_TRUE(book->keys().value().empty());
        ASSERT_TRUE(book->keep(key("k1", "splunk")));
        ASSERT_TRUE(book->keep(revoked));
        revoked.revoked_at = at(9);
        revoked.endpoints.clear();
        ASSERT_TRUE(book->keep(revoked));
    }
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    EXPECT_EQ(store::key_book(*stores)->keys().value(), (std::vector<SourceKey>{revoked, key("k1", "splunk")}));
}

TEST(KeyBook, NotesWhenKeysWereLastUsedAndLeavesOutWhatItDoesNotKnow) {
    Directory directory;
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    const auto book = store::key_book(*stores);
    ASSERT_TRUE(book->keep(key("k1", "splunk")));
    ASSERT_TRUE(book->keep(key("k2", "splunk")));
    ASSERT_TRUE(book->note_uses(std::array{KeyUse{"k2", at(70)}, KeyUse{"gone", at(71)}}));
    const auto kept = book->keys().value();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_FALSE(kept[0].last_used_at);
    EXPECT_EQ(kept[1].last_used_at, at(70));
}

TEST(KeyBook, WaitsForItsTurnAndSaysSoWhenThatDoesNotCome) {
    Directory directory;
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    ASSERT_TRUE(stores->store->lock({}));
    const auto refused = store::key_book(*stores)->keep(key("k1", "splunk"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::Unavailable);
    stores->store->roll_back();
}

}  // namespace
}  // namespace tocsin::contract::key_book_test
