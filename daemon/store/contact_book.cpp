#include "daemon/store/contact_book.hpp"

#include <fmt/format.h>

#include <utility>

#include "daemon/store/in_turn.hpp"
#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

constexpr std::string_view kColumns = "person, contact, channel, address, code_hash, code_until, wrong_codes, verified_at";

Verification read_verification(Statement& row) {
    Verification known;
    known.person = row.take_text();
    known.contact = row.take_text();
    known.channel = row.take_text();
    known.address = row.take_text();
    known.code_hash = row.take_text();
    known.code_until = row.take_time();
    known.wrong_codes = row.take_int32();
    known.verified_at = row.take_optional_time();
    return known;
}

/// Rarely asked: statements are prepared for each call.
class SqliteContactBook final : public ContactBook {
public:
    explicit SqliteContactBook(std::shared_ptr<SqliteDatabase> database) : database_(std::move(database)) {}

    Result<std::vector<Verification>> verifications() override {
        return in_turn(*database_, this, "reading which contacts are verified", [this] { return read_all(); });
    }

    Result<void> keep(const Verification& verification) override {
        return in_turn(*database_, this, "keeping the state of a contact", [&] { return write(verification); });
    }

private:
    Result<std::vector<Verification>> read_all() {
        auto rows = database_->connection().prepare(
            fmt::format("SELECT {} FROM contact_verification ORDER BY person, contact", kColumns));
        if (!rows) return rows.error();
        std::vector<Verification> all;
        while (true) {
            auto row = rows->step();
            if (!row) return row.error();
            if (!*row) return all;
            all.push_back(read_verification(*rows));
        }
    }

    Result<void> write(const Verification& known) {
        auto row = database_->connection().prepare(
            fmt::format("INSERT OR REPLACE INTO contact_verification ({}) VALUES ({})", kColumns, placeholders(kColumns)));
        if (!row) return row.error();
        row->put(known.person).put(known.contact).put(known.channel).put(known.address).put(known.code_hash);
        return row->put(known.code_until).put(std::int64_t{known.wrong_codes}).put(known.verified_at).run();
    }

    std::shared_ptr<SqliteDatabase> database_;
};

}  // namespace

std::unique_ptr<ContactBook> contact_book(const SqliteStores& stores) {
    return std::make_unique<SqliteContactBook>(stores.database);
}

}  // namespace tocsin::store
