#include "daemon/cli/api_client.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <cstdio>
#include <optional>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "daemon/app/files.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/settings_file.hpp"
#include "daemon/http/loop.hpp"

namespace tocsin::cli {
namespace {

constexpr auto kCallMax = std::chrono::seconds{10};
constexpr auto kDefaultUrl = "http://127.0.0.1:9877";

struct Found {
    std::string url;
    std::string token;
};

Result<Found> find_server(const ServerOptions& options) {
    Found found{options.url, {}};
    if (!options.config.empty()) {
        const auto settings = read_settings_file(options.config);
        if (!settings) return Error{Errc::Invalid, fmt::format("{} cannot be used", options.config)};
        if (found.url.empty()) found.url = fmt::format("http://{}:{}", settings->address, settings->port);
        if (!settings->tokens.empty()) found.token = settings->tokens.front().secret.value;
    }
    if (!options.token_file.empty()) {
        const auto token = app::read_file(options.token_file);
        if (!token) return token.error();
        found.token = std::string(trimmed(*token));
    }
    if (found.url.empty()) found.url = kDefaultUrl;
    while (found.url.ends_with('/')) found.url.pop_back();
    return found;
}

std::string error_of(const http::ClientResponse& response) {
    boost::system::error_code ec;
    const auto body = boost::json::parse(response.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    const auto* error = object == nullptr ? nullptr : object->if_contains("error");
    if (error != nullptr && error->is_string()) return std::string(error->get_string());
    return fmt::format("the server answered with status {}", response.status);
}

}  // namespace

std::string encoded(std::string_view text) { return percent_encoded(text); }

void add_server_options(CLI::App& command, ServerOptions& options) {
    command.add_option("-s,--server", options.url, fmt::format("The daemon's address [{}]", kDefaultUrl))
        ->envname("TOCSIN_SERVER");
    command.add_option("-t,--token-file", options.token_file, "A file that holds an API token")->envname("TOCSIN_TOKEN_FILE");
    command.add_option("-c,--config", options.config, "Take both from this tocsin.yaml")->envname("TOCSIN_CONFIG");
}

void add_output_option(CLI::App& command, std::string& output) {
    command.add_option("-o,--output", output, "text for people, json for programs")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
}

Result<ApiClient> ApiClient::make(const ServerOptions& options) {
    auto found = find_server(options);
    if (!found) return found.error();
    if (found->token.empty()) {
        return Error{Errc::Invalid,
                     "no API token: give --token-file (or $TOCSIN_TOKEN_FILE), or --config with the daemon's tocsin.yaml"};
    }
    return ApiClient{std::move(found->url), std::move(found->token)};
}

Result<ApiClient> ApiClient::make_without_token(const ServerOptions& options) {
    auto found = find_server(options);
    if (!found) return found.error();
    return ApiClient{std::move(found->url), {}};
}

Result<http::ClientResponse> ApiClient::get(const std::string& target) {
    http::ClientRequest request;
    request.method = "GET";
    request.url.target = target;
    return call(std::move(request));
}

Result<http::ClientResponse> ApiClient::post(const std::string& target, std::string body,
                                             std::vector<std::pair<std::string, std::string>> headers) {
    http::ClientRequest request;
    request.url.target = target;
    request.body = std::move(body);
    request.headers = std::move(headers);
    request.headers.emplace_back("Content-Type", "application/json");
    return call(std::move(request));
}

Result<http::ClientResponse> ApiClient::remove(const std::string& target) {
    http::ClientRequest request;
    request.method = "DELETE";
    request.url.target = target;
    return call(std::move(request));
}

Result<http::ClientResponse> ApiClient::call(http::ClientRequest request) {
    auto url = http::parse_url(url_ + request.url.target);
    if (!url) return url.error().in("--server");
    request.url = std::move(*url);
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    const app::SystemClock clock;
    http::Loop loop;
    http::Client client{loop, {}};
    std::optional<Result<http::ClientResponse>> answer;
    client.send(std::move(request), clock.monotonic() + kCallMax, [&](Result<http::ClientResponse> response) {
        answer = std::move(response);
        loop.stop();
    });
    loop.run();
    if (!*answer) return answer->error().in(url_);
    return std::move(**answer);
}

int show_answer(const Result<http::ClientResponse>& answer, const std::string& output,
                const std::function<std::string(const std::string& body)>& show) {
    if (!answer) {
        fmt::print(stderr, "tocsin: {}\n", answer.error().message());
        return kUnavailable;
    }
    if (answer->status >= 300) {
        fmt::print(stderr, "tocsin: {}\n", error_of(*answer));
        return kFailed;
    }
    fmt::print("{}", output == "json" ? answer->body + "\n" : show(answer->body));
    return kOk;
}

int show_no_server(const Error& error) {
    fmt::print(stderr, "tocsin: {}\n", error.message());
    return kUsage;
}

}  // namespace tocsin::cli
