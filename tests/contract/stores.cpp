// The fake and SQLite, as the contract suite sees them.
#include "tests/contract/stores.hpp"

#include <utility>

#include "daemon/store/sqlite_store.hpp"
#include "tests/contract/directory.hpp"
#include "tests/support/fake_store.hpp"

namespace tocsin::contract {
namespace {

class FakeDatabaseInMemory final : public Database {
public:
    Store& store() override { return *store_; }
    Store& other_store() override { return *other_; }
    StoreReader& reader() override { return *store_; }
    void reopen() override {
        store_ = std::make_unique<FakeStore>(contents_);
        other_ = std::make_unique<FakeStore>(contents_);
    }

private:
    std::shared_ptr<FakeDatabase> contents_ = std::make_shared<FakeDatabase>();
    std::unique_ptr<FakeStore> store_ = std::make_unique<FakeStore>(contents_);
    std::unique_ptr<FakeStore> other_ = std::make_unique<FakeStore>(contents_);
};

class SqliteFile final : public Database {
public:
    SqliteFile() { open(); }
    Store& store() override { return *stores_.store; }
    Store& other_store() override { return *other_; }
    StoreReader& reader() override { return *stores_.reader; }
    void reopen() override {
        other_.reset();
        stores_ = {};
        open();
    }

private:
    void open() {
        auto opened = store::open_sqlite({.directory = directory_.path(), .busy_timeout = Duration{50}});
        if (!opened) FAIL() << opened.error().message();
        stores_ = std::move(*opened);
        other_ = store::another_store(stores_);
    }

    Directory directory_;
    store::SqliteStores stores_;
    std::unique_ptr<Store> other_;
};

}  // namespace

std::vector<Kind> kinds() {
    return {{"Fake", []() -> std::unique_ptr<Database> { return std::make_unique<FakeDatabaseInMemory>(); }},
            {"Sqlite", []() -> std::unique_ptr<Database> { return std::make_unique<SqliteFile>(); }}};
}

void StoreContract::commit(const Writes& writes) {
    const auto locked = store().lock({});
    ASSERT_TRUE(locked) << locked.error().message();
    const auto committed = store().commit(writes);
    ASSERT_TRUE(committed) << committed.error().message();
}

Locked StoreContract::locked(const std::vector<IncidentRef>& refs) {
    auto locked = store().lock(refs);
    EXPECT_TRUE(locked);
    store().roll_back();
    return locked ? *locked : Locked{};
}

std::vector<std::int64_t> StoreContract::claimed_incidents(Store& by, const Claim& claim) {
    const auto claimed = by.claim_due_incidents(claim);
    EXPECT_TRUE(claimed);
    std::vector<std::int64_t> ids;
    if (claimed) {
        for (const auto id : *claimed) ids.push_back(id.value);
    }
    return ids;
}

std::vector<std::int64_t> StoreContract::claimed_pages(Store& by, const Claim& claim) {
    const auto claimed = by.claim_due_pages(claim);
    EXPECT_TRUE(claimed);
    std::vector<std::int64_t> ids;
    if (claimed) {
        for (const auto& notification : *claimed) ids.push_back(notification.page.id.value);
    }
    return ids;
}

Page StoreContract::only_page() {
    const auto pages = reader().pages({1});
    EXPECT_TRUE(pages);
    EXPECT_EQ(pages->size(), 1U);
    return pages->empty() ? Page{} : pages->front();
}

}  // namespace tocsin::contract
