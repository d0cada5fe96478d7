// Rulebook tests, with every name looked up and the samples read.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

class TestCompiler {
public:
    TestCompiler(const Compilation& compilation, const Roster& roster)
        : compilation_(compilation), names_(compilation.names), roster_(roster) {}

    RulebookTest compile(const language::WrittenTest& written) const {
        RulebookTest test;
        test.name = written.name.text;
        const auto place = written.name.at.place();
        test.place = fmt::format("{}:{}", place.file, place.line);
        for (const auto& given : written.given) test.given.push_back(compile_given(given));
        test.expect = compile_expect(written.expect);
        return test;
    }

private:
    TestGiven compile_given(const language::WrittenGiven& written) const {
        TestGiven given;
        given.at = written.at;
        if (written.kind != language::WrittenGiven::Kind::Alert) {
            const bool is_acknowledge = written.kind == language::WrittenGiven::Kind::Acknowledge;
            given.kind = is_acknowledge ? TestGiven::Kind::Acknowledge : TestGiven::Kind::Resolve;
            given.person = written.person.text;
            if (!written.person.text.empty()) (void)names_.people.require(written.person);  // Only its report is wanted.
            return given;
        }
        check_source(compilation_, written.source);
        given.source = written.source.text;
        given.source_kind = written.source_kind.empty() ? kind_of(written.source.text) : written.source_kind;
        given.payload = written.file ? sample(*written.file) : written.payload;
        return given;
    }

    /// Where neither the test nor the daemon's settings say it, a source is called after its kind.
    std::string kind_of(const std::string& source) const {
        const auto& known = compilation_.context.sources;
        if (!known) return source;
        const auto found = std::find_if(known->begin(), known->end(), [&](const auto& one) { return one.first == source; });
        return found == known->end() ? source : found->second;
    }

    std::string sample(const language::Name& file) const {
        const auto& read = compilation_.context.read_sample;
        if (!read) {
            file.at.error("files cannot be read here; write the alert as \"payload\"");
            return {};
        }
        auto bytes = read(file.at.place().file, file.text);
        if (bytes) return std::move(*bytes);
        file.at.error(bytes.error().message());
        return {};
    }

    TestExpect compile_expect(const language::WrittenExpect& written) const {
        TestExpect expect;
        expect.rule = looked_up(written.rule, names_.rules);
        expect.service = looked_up(written.service, names_.services);
        expect.severity = written.severity;
        expect.urgency = written.urgency;
        expect.summary = written.summary;
        expect.incident = written.incident;
        expect.no_pages = written.no_pages;
        expect.pages_until = written.pages_until;
        if (!written.pages) return expect;
        auto& pages = expect.pages.emplace();
        for (const auto& page : *written.pages) {
            if (names_.people.require(page.person) && page.via) check_via(page);
            pages.push_back({page.at, page.person.text, page.via ? page.via->text : std::string()});
        }
        return expect;
    }

    /// An empty name is one too: no rule, no service.
    static std::optional<std::string> looked_up(const std::optional<language::Name>& name, const NameTable& table) {
        if (!name) return {};
        if (!name->text.empty()) (void)table.require(*name);  // Only its report is wanted.
        return name->text;
    }

    void check_via(const language::WrittenPage& page) const {
        const auto* person = roster_.person(page.person.text);
        if (person == nullptr || person->contact(page.via->text) != nullptr) return;
        std::vector<std::string> contacts;
        for (const auto& contact : person->contacts) contacts.push_back(contact.name);
        yaml::hint_nearest(page.via->at.error(fmt::format("\"{}\" has no contact \"{}\"", person->id, page.via->text)),
                           page.via->text, contacts);
    }

    const Compilation& compilation_;
    const Names& names_;
    const Roster& roster_;
};

}  // namespace

std::vector<RulebookTest> compile_tests(const Compilation& compilation, const Roster& roster) {
    const TestCompiler compiler(compilation, roster);
    std::vector<RulebookTest> compiled;
    for (const auto& test : compilation.written.tests) compiled.push_back(compiler.compile(test));
    return compiled;
}

}  // namespace tocsin::check
