#include "daemon/api/read_body.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/split.hpp"

namespace tocsin::api {
namespace {

/// The mapping that is for the arrival, whose fields have what its texts hold by then; null if none is.
const match::MappingSpec* mapping_for(const match::SourceMappings& mappings, intake::Arrival& arrival) {
    for (const auto& path : mappings.json()) intake::add_json_in(path, arrival.fields);
    return mappings.find(arrival.fields);
}

void read_by(const match::MappingSpec* mapping, intake::Arrival& arrival) {
    arrival.reading.emplace();
    if (mapping == nullptr) return;
    auto mapped = match::mapped(*mapping, std::move(arrival.alert), arrival.fields);
    arrival.alert = std::move(mapped.alert);
    arrival.fields = std::move(mapped.fields);
    arrival.reading = std::move(mapped.reading);
}

/// Each body of the parts with its own mapping, which is the one that will be for it when it is read again.
Result<void> read_parts(const match::SourceMappings& mappings, const check::SentBody& whole, intake::Parts parts,
                        std::vector<intake::Arrival>& into) {
    for (auto& part : parts.bodies) {
        auto parsed = intake::parse(whole.kind, whole.source, part, whole.received_at);
        if (!parsed) return parsed.error();
        for (auto& arrival : parsed->arrivals) {
            read_by(mapping_for(mappings, arrival), arrival);
            arrival.payload = std::move(part);
            into.push_back(std::move(arrival));
        }
    }
    return intake::check_parts(into.size(), 0);
}

Result<void> map_all(const match::SourceMappings& mappings, const check::SentBody& whole, intake::Parsed& parsed) {
    std::vector<intake::Arrival> all;
    for (auto& arrival : parsed.arrivals) {
        const auto* mapping = mapping_for(mappings, arrival);
        if (mapping != nullptr && !mapping->each.empty()) {
            auto parts = intake::split_body(arrival.payload.empty() ? parsed.payload : arrival.payload, mapping->each);
            if (!parts) return parts.error();
            if (*parts) {
                if (auto read = read_parts(mappings, whole, std::move(**parts), all); !read) return read;
                continue;
            }
        }
        read_by(mapping, arrival);
        all.push_back(std::move(arrival));
    }
    parsed.arrivals = std::move(all);
    return {};
}

}  // namespace

Result<intake::Parsed> read_body(const Rulebook& rulebook, check::SentBody body) {
    auto parsed = intake::parse(body.kind, body.source, std::move(body.payload), body.received_at);
    const auto* mappings = rulebook.mappings().of(body.source);
    if (!parsed || mappings == nullptr || !match::is_mappable(body.kind)) return parsed;
    if (auto read = map_all(*mappings, body, *parsed); !read) return read.error().in("reading what " + body.source + " sent");
    return parsed;
}

Result<std::vector<check::ParsedAlert>> parse_alert(const Rulebook& rulebook, check::SentBody body) {
    auto parsed = read_body(rulebook, std::move(body));
    if (!parsed) return parsed.error();
    std::vector<check::ParsedAlert> alerts;
    for (auto& arrival : parsed->arrivals) {
        alerts.push_back({std::move(arrival.alert), std::move(arrival.fields), std::move(arrival.reading)});
    }
    return alerts;
}

}  // namespace tocsin::api
