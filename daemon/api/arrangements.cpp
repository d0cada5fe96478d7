#include "daemon/api/arrangements.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/overrides.hpp"
#include "daemon/api/silences.hpp"

namespace tocsin::api {
namespace {

constexpr std::string_view kOverrides = "/api/v1/overrides";
constexpr std::string_view kSwaps = "/api/v1/swaps";
constexpr std::string_view kSilences = "/api/v1/silences";

/// The path is the collection, or something in it.
bool is_in(std::string_view path, std::string_view collection) {
    return path.starts_with(collection) && (path.size() == collection.size() || path[collection.size()] == '/');
}

std::optional<ArrangementId> id_of(std::string_view text) {
    ArrangementId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size() || id.value <= 0) return {};
    return id;
}

http::Response not_a_number(std::string_view text) {
    return refusal(404, fmt::format("\"{}\" is not the number of an arrangement", printable(text)));
}

struct Asking {
    Services& services;
    http::Request& request;
    std::string by;  ///< The token's name.
    http::Respond respond;

    [[nodiscard]] bool is(std::string_view method) const { return request.method == method; }
    [[nodiscard]] bool is_read() const { return is("GET") || is("HEAD"); }
    /// Whoever the query names.
    [[nodiscard]] std::string actor() const {
        auto named = query_value(request.query, "by");
        return named.empty() ? by : truncated(printable(named), 100);
    }
};

/// `rest` is what follows the collection's path: nothing, or "/<id>" and maybe "/<verb>".
void route_overrides(Asking asking, std::string_view rest) {
    if (rest.empty()) {
        if (asking.is_read()) return list_overrides(asking.services, asking.request, std::move(asking.respond));
        if (asking.is("POST")) return make_override(asking.services, asking.request, asking.by, std::move(asking.respond));
        return asking.respond(wrong_method("GET, POST"));
    }
    const auto id = id_of(rest.substr(1));
    if (!id) return asking.respond(not_a_number(rest.substr(1)));
    if (!asking.is("DELETE")) return asking.respond(wrong_method("DELETE"));
    end_override(asking.services, *id, asking.actor(), std::move(asking.respond));
}

void route_silences(Asking asking, std::string_view rest) {
    if (rest.empty()) {
        if (asking.is_read()) return list_silences(asking.services, asking.request, std::move(asking.respond));
        if (asking.is("POST")) return make_silence(asking.services, asking.request, asking.by, std::move(asking.respond));
        return asking.respond(wrong_method("GET, POST"));
    }
    const auto slash = rest.find('/', 1);
    const auto name = rest.substr(1, slash == std::string_view::npos ? slash : slash - 1);
    const auto verb = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    if (name == "preview" && verb.empty()) {
        if (!asking.is("POST")) return asking.respond(wrong_method("POST"));
        return preview_silence(asking.services, asking.request, std::move(asking.respond));
    }
    const auto id = id_of(name);
    if (!id) return asking.respond(not_a_number(name));
    if (verb == "extend") {
        if (!asking.is("POST")) return asking.respond(wrong_method("POST"));
        return extend_silence(asking.services, asking.request, {*id, asking.by}, std::move(asking.respond));
    }
    if (!verb.empty()) return asking.respond(refusal(404, fmt::format("nothing here is called \"{}\"", printable(verb))));
    if (!asking.is("DELETE")) return asking.respond(wrong_method("DELETE"));
    end_silence(asking.services, {*id, asking.actor()}, std::move(asking.respond));
}

}  // namespace

bool is_about_arrangements(std::string_view path) {
    return is_in(path, kOverrides) || is_in(path, kSwaps) || is_in(path, kSilences);
}

void answer_about_arrangements(Services& services, http::Request& request, const config::TokenSettings& token,
                               http::Respond respond) {
    const std::string path(request.path);
    Asking asking{services, request, token.name, std::move(respond)};
    if (is_in(path, kOverrides)) return route_overrides(std::move(asking), std::string_view(path).substr(kOverrides.size()));
    if (is_in(path, kSilences)) return route_silences(std::move(asking), std::string_view(path).substr(kSilences.size()));
    if (path != kSwaps) return asking.respond(refusal(404, "nothing here is called that"));
    if (!asking.is("POST")) return asking.respond(wrong_method("POST"));
    swap_shifts(services, request, asking.by, std::move(asking.respond));
}

}  // namespace tocsin::api
