// Requests read from bytes, however they are cut.
#include <gtest/gtest.h>

#include "daemon/http/request_reader.hpp"

namespace tocsin::http::request_reader_test {
namespace {

using Progress = RequestReader::Progress;
constexpr RequestLimits kLimits{1000, 500};

TEST(HttpRequestReader, ReadsTheSameRequestWhereverItIsCut) {
    const std::string whole =
        "POST /a?b HTTP/1.1\r\nHost: h\r\nX-Folded: one\r\n two\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4\r\nbody\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        RequestReader reader{kLimits};
        std::string pending = whole.substr(0, cut);
        std::string_view input = pending;
        auto progress = reader.take(input);
        if (cut < whole.size()) {
            ASSERT_EQ(progress, Progress::NeedMore) << cut;
            pending = std::string{input} + whole.substr(cut);
            input = pending;
            progress = reader.take(input);
        }
        ASSERT_EQ(progress, Progress::Done) << cut;
        EXPECT_EQ(reader.request().method, "POST");
        EXPECT_EQ(reader.request().path, "/a");
        EXPECT_EQ(reader.request().query, "b");
        EXPECT_EQ(reader.request().body, "body!");
        EXPECT_EQ(reader.request().header("x-folded"), "one two");
        EXPECT_EQ(reader.request().header("trailer"), "");
    }
}

TEST(HttpRequestReader, BeginsTheNextWithoutTheLast) {
    RequestReader reader{kLimits};
    std::string_view input = "POST / HTTP/1.0\r\nX: y\r\nContent-Length: 1\r\n\r\naGET /next HTTP/1.1\r\n\r\n";
    ASSERT_EQ(reader.take(input), Progress::Done);
    EXPECT_TRUE(reader.is_http_1_0());
    EXPECT_FALSE(reader.is_keep_alive());
    reader.begin_next();
    EXPECT_FALSE(reader.has_begun());
    ASSERT_EQ(reader.take(input), Progress::Done);
    EXPECT_EQ(reader.request().path, "/next");
    EXPECT_EQ(reader.request().header("X"), "");
    EXPECT_EQ(reader.request().body, "");
    EXPECT_FALSE(reader.is_http_1_0());
    EXPECT_TRUE(reader.is_keep_alive());
}

TEST(HttpRequestReader, CountsAHeaderThatComesInPiecesAsAWhole) {
    RequestReader reader{kLimits};
    std::string pending = "GET / HTTP/1.1\r\n";
    auto progress = Progress::NeedMore;
    std::size_t sent = pending.size();
    while (progress == Progress::NeedMore && sent < 10'000) {
        const std::string field = "X: 0123456789\r\n";
        pending += field;
        sent += field.size();
        std::string_view input = pending;
        progress = reader.take(input);
        pending.erase(0, pending.size() - input.size());
    }
    ASSERT_EQ(progress, Progress::Refused);
    EXPECT_EQ(reader.refusal().status, 431U);
    EXPECT_LE(sent, kLimits.header_bytes_max + 20);
}

TEST(HttpRequestReader, AnEmptyLineBeginsNothing) {
    RequestReader reader{kLimits};
    std::string_view input = "\r\n";
    EXPECT_EQ(reader.take(input), Progress::NeedMore);
    EXPECT_TRUE(input.empty());
    EXPECT_FALSE(reader.has_begun());
}

TEST(HttpRequestReader, ExpectsToContinueOnce) {
    RequestReader reader{kLimits};
    std::string_view input = "POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
    EXPECT_EQ(reader.take(input), Progress::NeedMore);
    EXPECT_TRUE(reader.take_expectation());
    EXPECT_FALSE(reader.take_expectation());
}

}  // namespace
}  // namespace tocsin::http::request_reader_test
