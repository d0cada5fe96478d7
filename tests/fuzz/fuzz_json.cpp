// Fuzz target: our strict reader and simdjson's lenient one must agree on what is JSON, or a body is taken that is none.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/assert.hpp"
#include "core/base/text.hpp"
#include "daemon/intake/json.hpp"
#include "daemon/intake/json_error.hpp"
#include "daemon/intake/json_mend.hpp"
#include "daemon/intake/json_secrets.hpp"

namespace {

using namespace tocsin;

void check_agreement(std::string body) {
    static intake::JsonReader reader;
    const bool is_json = !intake::json_error(body, intake::JsonRoot::ObjectOrArray);
    const bool is_object = !intake::json_error(body);
    const bool is_mended = valid_utf8(body) == body && !intake::replace_lone_surrogates(body);
    TOCSIN_ASSERT(reader.read(body) == is_json || !is_mended, "both readers agree on a body that needs no mending");
    const auto mended = intake::read_mended(reader, body);
    TOCSIN_ASSERT(mended.has_value() == is_object, "mending makes every JSON readable and nothing else");
}

void check_texts(const std::string& text) {
    const auto once = intake::without_session_keys(text);
    TOCSIN_ASSERT(intake::without_session_keys(once) == once, "hiding twice changes nothing more");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    check_agreement(body);
    check_texts(body);
    return 0;
}
