// Which mapping is for an alert.
#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

#include "rules/match/mapping.hpp"
#include "rules/match/program.hpp"

namespace tocsin::match {

struct SourceMappings::Compiled {
    std::vector<const MappingSpec*> mappings;
    std::vector<std::string> json;
    Program program;
    std::vector<Program::Root> roots;  ///< One for each mapping.
};

bool is_mappable(std::string_view kind) { return kind == "generic" || kind == "cloudevents"; }

SourceMappings::SourceMappings(std::vector<const MappingSpec*> mappings) : compiled_(std::make_unique<Compiled>()) {
    compiled_->mappings = std::move(mappings);
    auto& json = compiled_->json;
    for (const auto* mapping : compiled_->mappings) {
        compiled_->roots.push_back(compiled_->program.add(mapping->match));
        for (const auto& path : mapping->json) {
            if (std::find(json.begin(), json.end(), path) == json.end()) json.push_back(path);
        }
    }
}

SourceMappings::~SourceMappings() = default;
SourceMappings::SourceMappings(SourceMappings&&) noexcept = default;
SourceMappings& SourceMappings::operator=(SourceMappings&&) noexcept = default;

const std::vector<std::string>& SourceMappings::json() const { return compiled_->json; }

const MappingSpec* SourceMappings::find(const Fields& fields) const {
    const AlertView alert(compiled_->program.paths(), fields);
    for (std::size_t i = 0; i < compiled_->roots.size(); ++i) {
        if (compiled_->program.matches(compiled_->roots[i], alert)) return compiled_->mappings[i];
    }
    return nullptr;
}

struct MappingSet::Compiled {
    std::vector<MappingSpec> mappings;  ///< Never changed: what is below points into them.
    boost::unordered_flat_map<std::string, SourceMappings, PathHash, std::equal_to<>> by_source;
};

MappingSet::MappingSet() : MappingSet(std::vector<MappingSpec>{}) {}

MappingSet::MappingSet(std::vector<MappingSpec> mappings) : compiled_(std::make_unique<Compiled>()) {
    compiled_->mappings = std::move(mappings);
    boost::unordered_flat_map<std::string, std::vector<const MappingSpec*>> by_source;
    for (const auto& mapping : compiled_->mappings) {
        for (const auto& source : mapping.sources) by_source[source].push_back(&mapping);
    }
    for (auto& [source, of_source] : by_source) compiled_->by_source.emplace(source, SourceMappings(std::move(of_source)));
}

MappingSet::~MappingSet() = default;
MappingSet::MappingSet(MappingSet&&) noexcept = default;
MappingSet& MappingSet::operator=(MappingSet&&) noexcept = default;

const SourceMappings* MappingSet::of(std::string_view source) const {
    if (compiled_->mappings.empty()) return nullptr;
    const auto found = compiled_->by_source.find(source);
    return found == compiled_->by_source.end() ? nullptr : &found->second;
}

std::size_t MappingSet::size() const { return compiled_->mappings.size(); }

}  // namespace tocsin::match
