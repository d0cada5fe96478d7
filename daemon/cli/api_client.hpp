// Talking to a running tocsin from the command line.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "daemon/http/client.hpp"

namespace CLI {
class App;
}

namespace tocsin::cli {

/// Where the server is and how we prove ourselves; filled by the options that add_server_options() declares.
struct ServerOptions {
    std::string url;
    std::string token_file;
    std::string config;
};

/// --server (or $TOCSIN_SERVER), --token-file (or $TOCSIN_TOKEN_FILE), or --config to take both from tocsin.yaml.
void add_server_options(CLI::App& command, ServerOptions& options);

/// How results are shown: -o text (for people) or -o json (as the API gives it).
void add_output_option(CLI::App& command, std::string& output);

/// Percent-encoded, for a value in a query.
[[nodiscard]] std::string encoded(std::string_view text);

class ApiClient {
public:
    /// Invalid with what to do if no server or token can be found.
    [[nodiscard]] static Result<ApiClient> make(const ServerOptions& options);
    /// The same without a token, for sending alerts.
    [[nodiscard]] static Result<ApiClient> make_without_token(const ServerOptions& options);

    /// Any status is a response. Unavailable or TimedOut (after 10 s) name the server.
    [[nodiscard]] Result<http::ClientResponse> get(const std::string& target);
    [[nodiscard]] Result<http::ClientResponse> post(const std::string& target, std::string body,
                                                    std::vector<std::pair<std::string, std::string>> headers = {});
    /// DELETE
    [[nodiscard]] Result<http::ClientResponse> remove(const std::string& target);

private:
    ApiClient(std::string url, std::string token) : url_(std::move(url)), token_(std::move(token)) {}
    [[nodiscard]] Result<http::ClientResponse> call(http::ClientRequest request);

    std::string url_;
    std::string token_;
};

/// Prints the answer (the body as it is for json; else by `show`), or the server's error to stderr; the exit code.
[[nodiscard]] int show_answer(const Result<http::ClientResponse>& answer, const std::string& output,
                              const std::function<std::string(const std::string& body)>& show);

/// Why there is no client, to stderr; the exit code.
[[nodiscard]] int show_no_server(const Error& error);

/// Makes the call (client -> answer) to the server that is meant, and shows the answer; the exit code.
template <class Call, class Show>
int with_server(const ServerOptions& server, const std::string& output, Call call, Show show) {
    auto client = ApiClient::make(server);
    return client ? show_answer(call(*client), output, show) : show_no_server(client.error());
}

}  // namespace tocsin::cli
