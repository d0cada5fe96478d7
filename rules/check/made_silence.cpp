#include "rules/check/made_silence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "rules/check/lint.hpp"
#include "rules/language/decode.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::check {
namespace {

/// Its two texts, parsed; what is reported names them as files.
struct Texts {
    explicit Texts(const SilenceText& text)
        : match(yaml::Document::parse("match", text.match, diagnostics)),
          during(yaml::Document::parse("during", text.during, diagnostics)) {}

    yaml::Diagnostics diagnostics;
    yaml::Document match;
    yaml::Document during;
};

void require(const language::MatchedName& matched, std::string_view what, const std::vector<std::string>& known) {
    const auto& name = matched.name;
    if (std::find(known.begin(), known.end(), name.text) != known.end()) return;
    yaml::hint_nearest(name.at.error(fmt::format("no {} is called \"{}\"", what, name.text)), name.text, known);
}

void check_names(const std::vector<language::MatchedName>& matched, const SilenceNames& names) {
    std::vector<std::string> services;
    for (const auto& [id, service] : names.roster.services) services.push_back(id);
    for (const auto& one : matched) {
        if (one.path == "service") require(one, "service", services);
        if (one.path == "source") require(one, "source", names.sources);
    }
}

language::WrittenSilence decoded(const Texts& texts, const SilenceText& text) {
    return language::decode_made_silence(texts.match.root(), text.during.empty() ? yaml::Cursor() : texts.during.root());
}

}  // namespace

CheckedSilence check_silence(const SilenceText& text, const SilenceNames& names) {
    CheckedSilence checked;
    if (text.match.empty()) {
        checked.mistakes = "a silence needs a match, such as { service: mysql }";
        return checked;
    }
    const Texts texts(text);
    auto written = decoded(texts, text);
    check_names(written.matched, names);
    checked.mistakes = texts.diagnostics.render();
    if (texts.diagnostics.errors() > 0) return checked;
    checked.kept.match = texts.match.root().json();
    if (!text.during.empty()) checked.kept.during = texts.during.root().json();
    checked.is_too_broad = is_too_broad(written.spec.match);
    checked.spec = std::move(written.spec);
    return checked;
}

Result<match::SilenceSpec> spec_of(const MadeSilence& made) {
    const SilenceText text{made.match, made.during};
    const Texts texts(text);
    auto spec = decoded(texts, text).spec;
    if (texts.diagnostics.errors() > 0) return Error{Errc::Invalid, texts.diagnostics.render()};
    spec.name = made.name();
    spec.from = made.from;
    spec.until = made.until;
    spec.reason = made.origin.reason;
    spec.owner = made.origin.made_by;
    return spec;
}

}  // namespace tocsin::check
