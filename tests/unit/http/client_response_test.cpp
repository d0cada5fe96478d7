// Headers and Retry-After of responses, and responses read from bytes.
#include <gtest/gtest.h>

#include "daemon/http/client.hpp"
#include "daemon/http/response_reader.hpp"

namespace tocsin::http::client_response_test {
namespace {

using Progress = ResponseReader::Progress;
constexpr std::size_t kEnough = 1000;

std::optional<Duration> retry_after(std::string value) {
    ClientResponse response;
    response.headers = {{"Content-Type", "text/plain"}, {"retry-after", std::move(value)}};
    return response.retry_after(*parse_rfc3339("1994-11-06T08:49:00Z"));
}

TEST(HttpClientResponse, FindsTheFirstHeaderWithoutRegardToCase) {
    ClientResponse response;
    response.headers = {{"X-A", "1"}, {"x-a", "2"}};
    EXPECT_EQ(response.header("x-A"), "1");
    EXPECT_EQ(response.header("x-b"), "");
}

TEST(HttpClientResponse, ReadsRetryAfterInSeconds) {
    EXPECT_EQ(retry_after("120"), std::chrono::seconds{120});
    EXPECT_EQ(retry_after(" 0 "), Duration{0});
    EXPECT_EQ(retry_after("0.3501"), Duration{351});
    EXPECT_EQ(retry_after("99999999999999999999999"), std::chrono::hours{24 * 365});
}

TEST(HttpClientResponse, ReadsRetryAfterAsADate) {
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), std::chrono::seconds{37});
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 07:00:00 GMT"), Duration{0});
}

TEST(HttpClientResponse, DoesNotGuessARetryAfterThatCannotBeRead) {
    for (const auto* const value :
         {"", "soon", "-1", "1.", "1.x", "12 s", "Sun, 31 Feb 1994 08:49:37 GMT", "06 Nov 1994", "Sun, 06 Nov 1994 08:49:37",
          "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT"}) {
        EXPECT_EQ(retry_after(value), std::nullopt) << value;
    }
}

TEST(HttpResponseReader, PassesOverInterimAnswers) {
    ResponseReader reader{kEnough, ResponseReader::Expects::Body};
    std::string_view input = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nX: y\r\nContent-Length: 2\r\n\r\nokNEXT";
    ASSERT_EQ(reader.take(input), Progress::Done);
    EXPECT_EQ(input, "NEXT");
    EXPECT_TRUE(reader.leaves_connection_open());
    const auto response = reader.take_response();
    EXPECT_EQ(response.status, 202U);
    EXPECT_EQ(response.body, "ok");
    EXPECT_EQ(response.headers.size(), 2U);
}

TEST(HttpResponseReader, CutsABodyAtItsLimit) {
    ResponseReader reader{4, ResponseReader::Expects::Body};
    std::string_view input = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n123456";
    ASSERT_EQ(reader.take(input), Progress::Done);
    EXPECT_FALSE(reader.leaves_connection_open());
    EXPECT_EQ(reader.take_response().body, "1234");
}

TEST(HttpResponseReader, TakesTheEndForTheEndOfABodyWithoutLength) {
    ResponseReader reader{kEnough, ResponseReader::Expects::Body};
    std::string_view input = "HTTP/1.1 200 OK\r\n\r\nall of it";
    ASSERT_EQ(reader.take(input), Progress::NeedMore);
    ASSERT_EQ(reader.take_end(), Progress::Done);
    EXPECT_FALSE(reader.leaves_connection_open());
    EXPECT_EQ(reader.take_response().body, "all of it");
}

TEST(HttpResponseReader, ExpectsNoBodyAfterHead) {
    ResponseReader reader{kEnough, ResponseReader::Expects::NoBody};
    std::string_view input = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    EXPECT_EQ(reader.take(input), Progress::Done);
}

TEST(HttpResponseReader, ComplainsOfAHeaderThatNeverEnds) {
    ResponseReader reader{kEnough, ResponseReader::Expects::Body};
    std::string pending = "HTTP/1.1 200 OK\r\n";
    auto progress = Progress::NeedMore;
    for (int i = 0; i < 10'000 && progress == Progress::NeedMore; ++i) {
        pending += "X-Field: 0123456789\r\n";
        std::string_view input = pending;
        progress = reader.take(input);
        pending.erase(0, pending.size() - input.size());
    }
    EXPECT_EQ(progress, Progress::Malformed);
    EXPECT_EQ(reader.complaint(), "its header is too large");
}

TEST(HttpResponseReader, ComplainsOfWhatIsNotHttp) {
    ResponseReader reader{kEnough, ResponseReader::Expects::Body};
    std::string_view input = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
    EXPECT_EQ(reader.take(input), Progress::Malformed);
}

}  // namespace
}  // namespace tocsin::http::client_response_test
