// Fuzz target: a query is refused with a reason, or it answers, and its negation answers otherwise.
#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/opsgenie/search.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::opsgenie {
namespace {

void check_query(const std::string& query) {
    static const Facts facts{{"status", "open"},    {"message", "Disk full on db01"}, {"tag", "t1"},
                             {"count", "3"},        {"createdat", "1795000000000"},   {"details.key", "k"},
                             {"details.value", "v"}};
    const auto search = Search::read(query);
    if (!search) {
        TOCSIN_ASSERT(search.error().code() == Errc::Invalid && !search.error().message().empty(), "a refusal has a reason");
        return;
    }
    const auto negated = Search::read("NOT (" + query + ")");
    if (!negated || trimmed(query).empty()) return;  // Too deep or too long by that.
    TOCSIN_ASSERT(search->matches(facts) != negated->matches(facts), "NOT turns the answer round");
}

}  // namespace
}  // namespace tocsin::opsgenie

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tocsin::opsgenie::check_query(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
