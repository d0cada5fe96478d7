// The stores that the contract suite runs on, each behind the same door, and short ways of writing into one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/ports/store.hpp"
#include "tests/contract/values.hpp"

namespace tocsin::contract {

/// A database with two connections to it.
class Database {
public:
    virtual ~Database() = default;
    [[nodiscard]] virtual Store& store() = 0;
    [[nodiscard]] virtual Store& other_store() = 0;
    [[nodiscard]] virtual StoreReader& reader() = 0;
    /// Closes everything and opens it anew.
    virtual void reopen() = 0;
};

/// How to make one, and what it is called.
struct Kind {
    std::string name;
    std::unique_ptr<Database> (*make)();
};
[[nodiscard]] std::vector<Kind> kinds();

class StoreContract : public testing::TestWithParam<Kind> {
protected:
    [[nodiscard]] Store& store() { return database_->store(); }
    [[nodiscard]] Store& other_store() { return database_->other_store(); }
    [[nodiscard]] StoreReader& reader() { return database_->reader(); }
    void reopen() { database_->reopen(); }

    /// A transaction of its own; the test fails if the store does not take it.
    void commit(const Writes& writes);
    void commit(const Incident& incident) { commit(Writes{.incidents = {incident}}); }

    /// What a transaction about these would hold; it is rolled back.
    [[nodiscard]] Locked locked(const std::vector<IncidentRef>& refs);
    [[nodiscard]] std::vector<std::int64_t> claimed_incidents(Store& by, const Claim& claim);
    [[nodiscard]] std::vector<std::int64_t> claimed_pages(Store& by, const Claim& claim);
    /// The only page of incident 1.
    [[nodiscard]] Page only_page();

private:
    std::unique_ptr<Database> database_ = GetParam().make();
};

}  // namespace tocsin::contract
