// Mappings, with every name looked up.
#include <fmt/format.h>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

/// The other kinds know what their senders mean.
void check_kind(const Compilation& compilation, const language::Name& source) {
    if (!compilation.context.sources) return;
    for (const auto& [name, kind] : *compilation.context.sources) {
        if (name != source.text || match::is_mappable(kind)) continue;
        source.at
            .error(
                fmt::format("the source \"{}\" is of the kind {}, whose bodies are known: there is nothing to map", name, kind))
            .hints.emplace_back("a mapping is for a source of the kind generic or cloudevents");
    }
}

}  // namespace

std::vector<match::MappingSpec> compile_mappings(const Compilation& compilation) {
    std::vector<match::MappingSpec> compiled;
    for (const auto& written : compilation.written.mappings) {
        for (const auto& source : written.sources) {
            check_source(compilation, source);
            check_kind(compilation, source);
        }
        check_matched(compilation, written.matched);
        compiled.push_back(written.spec);
    }
    return compiled;
}

}  // namespace tocsin::check
