// Fuzz target: whatever path and query an Opsgenie client sends, what is read of it is UTF-8.
#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/opsgenie/path.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::opsgenie {
namespace {

void check_utf8(const std::string& text) { TOCSIN_ASSERT(valid_utf8(text) == text, "what a path says is UTF-8"); }

void check_target(std::string_view target) {
    const auto question = target.find('?');
    const auto [path_sent, query] = target_of(
        target.substr(0, question), question == std::string_view::npos ? std::string_view{} : target.substr(question + 1));
    for (const auto* name : {"identifierType", "query", "tags"}) check_utf8(parameter(query, name));
    const auto place = place_of(path_sent);
    if (!place) return;
    check_utf8(identifier_of(place->segments));
    for (const auto* method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
        const auto path = alert_path(method, place->segments);
        check_utf8(path.identifier);
        check_utf8(path.action);
    }
}

}  // namespace
}  // namespace tocsin::opsgenie

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view target(reinterpret_cast<const char*>(data), size);
    tocsin::opsgenie::check_target(target);
    tocsin::opsgenie::check_target("/v2/alerts/" + std::string(target));
    return 0;
}
