// What is kept of contacts in SQLite.
#include <gtest/gtest.h>

#include "daemon/store/contact_book.hpp"
#include "tests/contract/directory.hpp"
#include "tests/contract/values.hpp"

namespace tocsin::contract::contact_book_test {
namespace {

store::SqliteOptions in(const Directory& directory) { return {.directory = directory.path(), .busy_timeout = Duration{50}}; }

Verification verification(const std::string& person, const std::string& contact) {
    return {person, contact, "ntfy", "topic", "hash", at(5), 2, at(6)};
}

TEST(ContactBook, KeepsTheNewestWordOfEachContactAndOutlivesTheProcess) {
    Directory directory;
    {
        const auto stores = store::open_sqlite(in(directory));
        ASSERT_TRUE(stores) << stores.error().message();
        const auto book = store::contact_book(*stores);
        EXPECT_TRUE(book->verifications().value().empty());
        ASSERT_TRUE(book->keep(verification("lahore-a", "push")));
        ASSERT_TRUE(book->keep(verification("cambridge-a", "push")));
        auto newest = verification("lahore-a", "push");
        newest.verified_at.reset();
        ASSERT_TRUE(book->keep(newest));
    }
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    const auto kept = store::contact_book(*stores)->verifications().value();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0], verification("cambridge-a", "push"));
    EXPECT_FALSE(kept[1].verified_at);
}

TEST(ContactBook, WaitsForItsTurnAndSaysSoWhenThatDoesNotCome) {
    Directory directory;
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    ASSERT_TRUE(stores->store->lock({}));
    const auto refused = store::contact_book(*stores)->keep(verification("lahore-a", "push"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::Unavailable);
    stores->store->roll_back();
}

}  // namespace
}  // namespace tocsin::contract::contact_book_test
