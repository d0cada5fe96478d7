// Fuzz target: whatever stands in a rulebook file, the compiler answers with a rulebook or with places that exist; and a rulebook
// that it gives can be asked.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/assert.hpp"
#include "core/model/alert.hpp"
#include "rules/rulebook.hpp"
#include "tests/support/diagnostic_places.hpp"

namespace {

using namespace tocsin;

CompileContext context() {
    CompileContext context;
    context.channels = {"email", "ntfy", "sms", "voice", "log"};
    context.sources = {{"splunk", "splunk"}, {"opsgenie-eu", "opsgenie"}};
    context.read_sample = [](std::string_view, std::string_view) -> Result<std::string> { return std::string("{}"); };
    return context;
}

Fields fields() {
    Alert alert;
    alert.source = "splunk";
    alert.kind = "splunk";
    alert.title = "LMS 5xx";
    alert.tags = {"production", "lms"};
    alert.labels = {{"environment", "staging"}};
    Fields fields;
    fields.add_alert(alert);
    fields.add("payload.result.count", "812", FieldType::Text);
    return fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kContext = context();
    static const auto kFields = fields();
    const std::vector<RulebookFile> files{{"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)}};
    const auto compiled = compile_rulebook(files, kContext);
    const auto flaw = test::flaw_in(compiled, files);
    TOCSIN_ASSERT(flaw.empty(), flaw.c_str());
    if (compiled.rulebook != nullptr) (void)compiled.rulebook->classify(kFields, TimePoint{});
    return 0;
}
