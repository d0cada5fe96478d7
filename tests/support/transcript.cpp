#include "tests/support/transcript.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "tests/support/golden.hpp"

namespace tocsin::test {
namespace {

constexpr std::size_t kShownOfRequest = 300;

/// Of the connection, not of what was asked.
bool is_of_connection(const std::string& name) {
    return equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Connection");
}

/// By their names: their order says nothing.
std::string headers_text(HttpHeaders headers) {
    headers.erase(std::remove_if(headers.begin(), headers.end(), [](const auto& one) { return is_of_connection(one.first); }),
                  headers.end());
    std::sort(headers.begin(), headers.end());
    std::string text;
    for (const auto& [name, value] : headers) text += fmt::format("{}: {}\n", name, value);
    return text;
}

}  // namespace

void Transcript::begin(HttpHeaders usual) {
    usual_ = std::move(usual);
    placeholders_ = {};
    text_.clear();
}

HttpAnswer Transcript::ask(const std::string& title, HttpRequest request) {
    if (request.headers.empty()) request.headers = usual_;
    auto answer = daemon_.ask(request);
    text_ += fmt::format("#### {}\n{} {}\n", title, request.method, placeholders_.in_place(request.target));
    if (!request.body.empty()) text_ += placeholders_.in_place(truncated(request.body, kShownOfRequest)) + "\n";
    text_ += fmt::format("\n{}\n{}", answer.status_line, placeholders_.in_place(headers_text(answer.headers)));
    text_ += answer.body.empty() ? "\n" : fmt::format("\n{}\n\n", placeholders_.in_place(answer.body));
    return answer;
}

void Transcript::expect(const std::string& file) const { expect_golden_file("answers/" + file, text_); }

}  // namespace tocsin::test
