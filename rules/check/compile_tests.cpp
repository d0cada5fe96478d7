// Rulebook tests, with every name looked up and the samples read.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

using Sources = std::vector<std::pair<std::string, std::string>>;

bool is_mapped(const language::Written& written, const std::string& source) {
    return std::any_of(written.mappings.begin(), written.mappings.end(), [&](const auto& mapping) {
        const auto& sources = mapping.spec.sources;
        return std::find(sources.begin(), sources.end(), source) != sources.end();
    });
}

TimePoint first_alert_of(const language::WrittenTest& test) {
    for (const auto& given : test.given) {
        if (given.kind == language::WrittenGiven::Kind::Alert) return given.at.value_or(TimePoint{});
    }
    return {};
}

class TestCompiler {
public:
    TestCompiler(const Compilation& compilation, const Roster& roster)
        : compilation_(compilation), names_(compilation.names), roster_(roster) {}

    RulebookTest compile(const language::WrittenTest& written) const {
        RulebookTest test;
        test.name = written.name.text;
        const auto place = written.name.at.place();
        test.place = fmt::format("{}:{}", place.file, place.line);
        const auto first_alert = first_alert_of(written);
        for (const auto& given : written.given) test.given.push_back(compile_given(given, first_alert));
        test.expect = compile_expect(written.expect);
        return test;
    }

private:
    TestGiven compile_given(const language::WrittenGiven& written, TimePoint first_alert) const {
        using Kind = language::WrittenGiven::Kind;
        TestGiven given;
        given.at = written.at.value_or(first_alert);
        given.lasts = written.lasts;
        given.person = written.person.text;
        given.of = written.of;
        given.into = written.into;
        given.severity = written.severity;
        if (!written.person.text.empty()) (void)names_.people.require(written.person);  // Only its report is wanted.
        switch (written.kind) {
            case Kind::Alert: compile_alert(written, given); break;
            case Kind::Acknowledge: given.kind = TestGiven::Kind::Acknowledge; break;
            case Kind::Snooze: given.kind = TestGiven::Kind::Snooze; break;
            case Kind::Resolve: given.kind = TestGiven::Kind::Resolve; break;
            case Kind::ChangeSeverity: given.kind = TestGiven::Kind::ChangeSeverity; break;
            case Kind::Merge: given.kind = TestGiven::Kind::Merge; break;
            case Kind::Split: given.kind = TestGiven::Kind::Split; break;
            case Kind::Silence: compile_silence(written, given); break;
        }
        return given;
    }

    void compile_alert(const language::WrittenGiven& written, TestGiven& given) const {
        check_source(compilation_, written.source);
        given.name = written.name;
        given.source = written.source.text;
        given.source_kind = written.source_kind.empty() ? kind_of(written.source.text) : written.source_kind;
        given.payload = written.file ? sample(*written.file) : written.payload;
        given.expect = compile_verdict(written.expect);
    }

    /// In force for as long as the test says, whatever the windows of the one that it names.
    void compile_silence(const language::WrittenGiven& written, TestGiven& given) const {
        given.kind = TestGiven::Kind::Silence;
        given.silence = written.silence.spec;
        check_matched(compilation_, written.silence.matched);
        if (written.named_silence && names_.silences.require(*written.named_silence)) {
            const auto& all = compilation_.written.silences;
            const auto named = std::find_if(all.begin(), all.end(),
                                            [&](const auto& one) { return one.name.text == written.named_silence->text; });
            given.silence.name = named->name.text;
            given.silence.match = named->spec.match;
        }
        given.silence.from = given.at;
        given.silence.until = given.at + given.lasts;
    }

    /// Where neither the test nor the daemon's settings say it, a source that a mapping is for is generic, and any other is
    /// called after its kind.
    std::string kind_of(const std::string& source) const {
        for (const auto& [name, kind] : compilation_.context.sources.value_or(Sources{})) {
            if (name == source) return kind;
        }
        return is_mapped(compilation_.written, source) ? "generic" : source;
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

    ExpectedVerdict compile_verdict(const language::WrittenVerdict& written) const {
        ExpectedVerdict expect;
        expect.rule = looked_up(written.rule, names_.rules);
        expect.service = looked_up(written.service, names_.services);
        expect.escalation = looked_up(written.escalation, names_.escalations);
        expect.silence = looked_up(written.silence, names_.silences);
        expect.severity = written.severity;
        expect.urgency = written.urgency;
        expect.summary = written.summary;
        expect.incident = written.incident;
        return expect;
    }

    TestExpect compile_expect(const language::WrittenExpect& written) const {
        TestExpect expect;
        expect.verdict = compile_verdict(written.verdict);
        expect.no_pages = written.no_pages;
        expect.until = written.until;
        expect.pages_until = written.pages_until;
        expect.state = written.state;
        expect.incidents = written.incidents;
        expect.reasons = written.reasons;
        if (!written.pages) return expect;
        auto& pages = expect.pages.emplace();
        const auto text_of = [](const std::optional<language::Name>& name) { return name ? name->text : std::string(); };
        for (const auto& page : *written.pages) {
            if (names_.people.require(page.person) && page.via) check_via(page);
            if (page.channel) check_channel(*page.channel);
            pages.push_back({page.at, page.person.text, text_of(page.via), text_of(page.channel), page.reason});
        }
        return expect;
    }

    void check_channel(const language::Name& channel) const {
        const auto& known = compilation_.context.channels;
        if (!known || std::find(known->begin(), known->end(), channel.text) != known->end()) return;
        report_unknown(channel.at, "channel", channel.text, *known);
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
