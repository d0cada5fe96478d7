// Mappings: how the bodies of a source are to be read, as a rulebook says it: which field is the title, which the key, which word
// means that it is over.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/fields.hpp"
#include "core/model/reading.hpp"
#include "core/model/severity.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// The first of them counts whose fields are all there and that says something.
using Templates = std::vector<Template>;

/// A text, and what its words mean; letters are compared without regard to case.
template <class Meaning>
struct WordMap {
    Templates from;
    std::vector<std::pair<std::string, Meaning>> words;
};

/// A mapping, compiled from its YAML. What it leaves open stands as the intake understood it.
struct MappingSpec {
    std::string name;
    std::string place;  ///< "rules/senders.yaml:12"
    std::vector<std::string> sources;
    Expression match;               ///< Only alerts that are like this.
    std::vector<std::string> json;  ///< Canonical paths of texts that hold JSON.
    std::vector<std::string> each;  ///< The keys below the body's root that lead to its list of alerts; empty: it is one alert.
    Templates key, title, text, url;
    WordMap<AlertAction> status;  ///< A word that is not listed means what it usually does.
    WordMap<Severity> priority;   ///< One that is not listed stays as it is.
    std::vector<std::pair<std::string, Templates>> labels;
    std::vector<Template> tags;  ///< One that is a field and nothing else gives a tag for each of its values.
};

/// Whether the bodies of a kind can be anything, so that a mapping has something to say of them.
[[nodiscard]] bool is_mappable(std::string_view kind);

/// The mappings of one source, in the order of the rulebook.
class SourceMappings {
public:
    explicit SourceMappings(std::vector<const MappingSpec*> mappings);
    ~SourceMappings();
    SourceMappings(SourceMappings&&) noexcept;
    SourceMappings& operator=(SourceMappings&&) noexcept;

    /// The texts that hold JSON, of all of them: their fields must be added before find() is asked.
    [[nodiscard]] const std::vector<std::string>& json() const;
    /// The first that is for an alert with these fields; null if none is. Thread-safe.
    [[nodiscard]] const MappingSpec* find(const Fields& fields) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

class MappingSet {
public:
    MappingSet();
    /// The specs must have been checked: a regex or prefix that does not compile aborts.
    explicit MappingSet(std::vector<MappingSpec> mappings);
    ~MappingSet();
    MappingSet(MappingSet&&) noexcept;
    MappingSet& operator=(MappingSet&&) noexcept;

    /// Null if the source has none. Thread-safe.
    [[nodiscard]] const SourceMappings* of(std::string_view source) const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// An alert as a mapping reads it, and how that came about.
struct MappedAlert {
    Alert alert;
    Fields fields;
    Reading reading;
};
/// `usual` is the alert as the intake understood it, `fields` its fields. What needs a field that is not there, and what is
/// blank, stays as it is in `usual`.
[[nodiscard]] MappedAlert mapped(const MappingSpec& mapping, Alert usual, const Fields& fields);

/// The keys of a path, unquoted: payload."a.b".c is payload, a.b, c.
[[nodiscard]] std::vector<std::string> keys_of(std::string_view canonical_path);

}  // namespace tocsin::match
