#include "daemon/opsgenie/exchange.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <chrono>

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

constexpr unsigned kNoRight = 40301;
constexpr std::string_view kInvalidBody = "Request body is not processable. Please check the errors.";

double seconds_of(Duration time) {
    constexpr double kMsOfSecond = 1'000.0;
    return static_cast<double>(time.count()) / kMsOfSecond;
}

std::string whole_seconds(Duration wait) {
    constexpr std::int64_t kMsOfSecond = 1'000;
    return std::to_string((wait.count() + kMsOfSecond - 1) / kMsOfSecond);
}

}  // namespace

std::string iso_time(TimePoint t) {
    constexpr auto kMsOfSecond = 1'000;
    const auto whole = std::chrono::floor<std::chrono::seconds>(t);
    auto text = format_utc(TimePoint{whole});
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, (t - whole).count() % kMsOfSecond);
}

http::Response Exchange::response(unsigned status, const json::object& body) const {
    const auto took = seconds_of(std::chrono::duration_cast<Duration>(services.clock.monotonic() - began));
    http::Response answer;
    answer.status = status;
    answer.body = json::serialize(body);
    answer.body.pop_back();
    // Boost.JSON would write 5E-3, which is JSON and not what clients have ever seen here.
    answer.body += fmt::format("{}\"took\":{:.3f},\"requestId\":\"{}\"}}", body.empty() ? "" : ",", took, id);
    answer.headers.emplace_back("X-Request-Id", id);
    answer.headers.emplace_back("X-Response-Time", fmt::format("{:.3f}", took));
    const bool is_throttled = status == 429;
    answer.headers.emplace_back("X-RateLimit-State", is_throttled ? "THROTTLED" : "OK");
    answer.headers.emplace_back("X-RateLimit-Reason", "ACCOUNT");
    answer.headers.emplace_back("X-RateLimit-Period-In-Sec", "60");
    return answer;
}

void Exchange::answer(unsigned status, const json::object& body) const { respond(response(status, body)); }

void Exchange::accept(std::string_view result) const { answer(202, {{"result", result}}); }

void Exchange::refuse(const FieldErrors& errors) const {
    json::object all;
    for (const auto& [field, text] : errors) all[field] = text;
    answer(422, {{"message", kInvalidBody}, {"errors", std::move(all)}});
}

void Exchange::refuse_for_good(std::string_view message) const { answer(403, {{"message", message}, {"code", kNoRight}}); }

void Exchange::refuse(const Error& error) const {
    if (error.code() == Errc::NotFound) return refuse(404, error.message());
    if (error.code() == Errc::Invalid) return refuse(422, error.message());
    auto answer = response(503, {{"message", error.message()}});
    answer.headers.emplace_back("Retry-After", "1");
    respond(std::move(answer));
}

void Exchange::refuse_method(std::string_view allowed) const {
    auto answer = response(405, {{"message", "The method is not allowed for this path."}});
    answer.headers.emplace_back("Allow", allowed);
    respond(std::move(answer));
}

void Exchange::not_processed() const {
    auto answer = response(404, {{"message", "Request not found. It might not be processed, yet."}});
    answer.headers.emplace_back("X-Opsgenie-Errortype", "RequestNotProcessed");
    respond(std::move(answer));
}

void Exchange::throttle(Duration wait) const {
    auto answer = response(429, {{"message", "TooManyRequests"}});
    answer.headers.emplace_back("Retry-After", whole_seconds(wait));
    respond(std::move(answer));
}

}  // namespace tocsin::opsgenie
