// The section `storm`, and the limits of services and people.
#include <string>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"

namespace tocsin::language {
namespace {

constexpr std::string_view kOff = "off";

std::optional<WrittenLimit> parse_limit(std::string_view text) {
    if (text == kOff) return WrittenLimit{};
    const auto limit = parse_paging_limit(text);
    if (!limit) return {};
    return WrittenLimit{limit};
}

}  // namespace

std::optional<WrittenLimit> paging_limit(const yaml::Cursor& value) {
    return value.read("a number of pages in at most a day such as 10/10m, or off", parse_limit);
}

void decode_storm(const yaml::Cursor& section, Written& written) {
    const auto record = section.record({"per_service", "per_person", "digest_after", "stale_after"}, {}, other_words::of_storm());
    const auto [first, is_first] = written.names.try_emplace("storm", section);
    if (!is_first) {
        section.error("\"storm\" is written twice").hints.push_back("the first is at " + to_string(first->second.place()));
        return;
    }
    written.storm.per_service = paging_limit(record["per_service"]);
    written.storm.per_person = paging_limit(record["per_person"]);
    written.storm.digest_after = record["digest_after"].duration();
    written.storm.stale_after = record["stale_after"].duration();
}

}  // namespace tocsin::language
