// Fuzz target: whatever body an Opsgenie client sends, it is refused with a reason, or what is kept of it is within bounds and
// can be read again.
#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/opsgenie/body.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tocsin::opsgenie {
namespace {

using Kind = engine::DossierChange::Kind;

void check_create(intake::JsonView body) {
    const auto read = read_create(body);
    if (!read.errors.empty()) return;
    const auto& created = read.change.created;
    TOCSIN_ASSERT(!created.message.empty() && code_points(created.message) <= 130, "a message is there and bounded");
    TOCSIN_ASSERT(created.tags.size() <= 20 && created.responders.size() <= 100, "lists are bounded");
    TOCSIN_ASSERT(code_points(intake::opsgenie_alias(body.find("alias").text())) <= 512, "an alias is bounded");
}

void check_change(intake::JsonView body, Kind kind) {
    AlertPath path;
    path.change = kind;
    path.action = "restart";
    const auto read = read_change(path, "tags=a,b&keys=c", body);
    if (!read.errors.empty()) return;
    const auto parsed = intake::parse("opsgenie_api", "fuzz", payload_of(read.change, {"fuzz", {}, "disk"}));
    TOCSIN_ASSERT(parsed && parsed->arrivals.size() == 1, "what is kept of a change can be read again");
    TOCSIN_ASSERT(parsed->arrivals.front().alert.action != AlertAction::Fire, "a change fires nothing");
}

void check_body(std::string& body) {
    intake::JsonReader reader;
    if (!intake::read_mended(reader, body)) return;
    check_create(reader.root());
    for (auto kind = 1; kind <= static_cast<int>(Kind::Custom); ++kind) check_change(reader.root(), static_cast<Kind>(kind));
}

}  // namespace
}  // namespace tocsin::opsgenie

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string body(reinterpret_cast<const char*>(data), size);
    tocsin::opsgenie::check_body(body);
    return 0;
}
