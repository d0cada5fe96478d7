// The thread that copies the write-ahead log into the database.
#include "daemon/store/checkpointer.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <filesystem>
#include <future>
#include <string>

#include "daemon/store/sqlite.hpp"

namespace tocsin::store::checkpointer_test {
namespace {

class CheckpointerTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_NE(::mkdtemp(directory_.data()), nullptr);
        auto opened = Connection::open(file(), Connection::Mode::ReadWrite, Duration{1'000});
        ASSERT_TRUE(opened);
        writer_.emplace(std::move(*opened));
        ASSERT_TRUE(
            writer_->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; "
                             "CREATE TABLE filler (bytes BLOB)"));
    }
    void TearDown() override {
        writer_.reset();
        std::filesystem::remove_all(directory_);
    }

    [[nodiscard]] std::string file() const { return directory_ + "/test.db"; }
    [[nodiscard]] std::uintmax_t log_size() const { return std::filesystem::file_size(file() + "-wal"); }
    /// One commit of a writer that takes its turn as stores do.
    void write(Checkpointer& checkpointer) {
        ASSERT_TRUE(turns_.take(this, Duration{10'000}));
        ASSERT_TRUE(writer_->execute("INSERT INTO filler VALUES (zeroblob(20000))"));
        turns_.end();
        checkpointer.wrote(writer_->wal_pages());
    }

    std::string directory_ = testing::TempDir() + "tocsin-checkpointer-XXXXXX";
    std::optional<Connection> writer_;
    Turns turns_;
};

TEST_F(CheckpointerTest, BeginsALogAnewThatHasGrownTooLongWhileAWriterGoesOnWithoutPauseAndKeepsTheFile) {
    const auto checkpointer = Checkpointer::start(file(), turns_, {}, {.pages_between = 20, .pages_max = 100});
    ASSERT_TRUE(checkpointer);
    int most = 0;
    for (int commits = 0; commits < 50'000 && writer_->wal_pages() >= most; ++commits) {
        most = writer_->wal_pages();
        write(**checkpointer);
    }
    EXPECT_LT(writer_->wal_pages(), most);
    EXPECT_GE(log_size(), static_cast<std::uintmax_t>(most) * 4'096) << "writing over it is cheaper than letting it grow";
}

TEST_F(CheckpointerTest, TellsThatTheLogCannotBeCopied) {
    std::promise<std::string> told;
    const auto checkpointer = Checkpointer::start(file(), turns_, [&](const Error& error) { told.set_value(error.message()); },
                                                  {.pages_between = 1, .pages_max = 1'000'000});
    ASSERT_TRUE(checkpointer);
    for (int commits = 0; commits < 40; ++commits) {
        ASSERT_TRUE(writer_->execute("INSERT INTO filler VALUES (zeroblob(20000))"));
    }
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit tight{.rlim_cur = 400'000, .rlim_max = before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    (*checkpointer)->wrote(writer_->wal_pages());
    const auto message = told.get_future().get();
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_NE(message.find("copying the write-ahead log"), std::string::npos) << message;
}

}  // namespace
}  // namespace tocsin::store::checkpointer_test
