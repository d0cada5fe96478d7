// A thin owner of SQLite's connection and prepared statements; its return codes become Error here and nowhere else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin::store {

/// A prepared statement, kept and run again and again: reset(), put() every parameter in order, then run() or step() and take()
/// the columns in order. Must not outlive its connection.
class Statement {
public:
    Statement() = default;
    Statement(sqlite3_stmt* handle, const std::string* file);

    Statement& reset();
    Statement& put(std::int64_t value);
    /// Not copied: `text` must stay as it is until run(), or until the last step().
    Statement& put(std::string_view text);
    /// For a text that does not outlive the call.
    Statement& put_copy(std::string_view text);
    Statement& put(TimePoint at) { return put(to_unix_ms(at)); }
    Statement& put(std::optional<TimePoint> at);
    Statement& put_null();

    /// Runs it to its end, ignoring rows.
    [[nodiscard]] Result<void> run();
    /// True if there is a row to take from; false at the end, and the statement is reset then.
    [[nodiscard]] Result<bool> step();
    /// How many rows the last run changed.
    [[nodiscard]] std::int64_t changes() const;

    [[nodiscard]] std::int64_t take_int();
    [[nodiscard]] std::int32_t take_int32() { return static_cast<std::int32_t>(take_int()); }
    /// Valid until the next step or reset.
    [[nodiscard]] std::string_view take_view();
    [[nodiscard]] std::string take_text() { return std::string(take_view()); }
    [[nodiscard]] TimePoint take_time() { return from_unix_ms(take_int()); }
    [[nodiscard]] std::optional<TimePoint> take_optional_time();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    const std::string* file_ = nullptr;
    int parameter_ = 0;
    int column_ = 0;
};

/// One connection, for one thread at a time.
class Connection {
public:
    enum class Mode : std::uint8_t { ReadWrite, ReadOnly };

    /// A file that is not there is made (ReadWrite only), readable by its owner alone. Waits up to `busy_timeout` for others'
    /// locks.
    [[nodiscard]] static Result<Connection> open(const std::string& file, Mode mode, Duration busy_timeout);

    /// One or more statements without parameters, whose rows do not matter.
    [[nodiscard]] Result<void> execute(const char* sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// The integer that the query returns first; 0 if it returns none.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);
    [[nodiscard]] bool in_transaction() const;

    /// Pages in the write-ahead log after the last commit of this connection.
    [[nodiscard]] int wal_pages() const { return *wal_pages_; }
    enum class Checkpoint : std::uint8_t { Passive, Restart };
    /// Copies the log into the database file, as far as its readers and writers let it; Passive never makes a writer wait.
    /// Returns the pages in the log.
    [[nodiscard]] Result<int> checkpoint(Checkpoint kind);

    [[nodiscard]] const std::string& file() const { return *file_; }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    Connection(sqlite3* handle, const std::string& file);

    std::unique_ptr<const std::string> file_;  // On the heap, as statements point to it.
    std::unique_ptr<int> wal_pages_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Prepares many statements and keeps the first error.
class Preparer {
public:
    explicit Preparer(Connection& connection) : connection_(connection) {}
    [[nodiscard]] Statement operator()(std::string_view sql);
    [[nodiscard]] Result<void> result() const;

private:
    Connection& connection_;
    std::optional<Error> error_;
};

}  // namespace tocsin::store
