#include "tests/unit/rules/compile_kit.hpp"

#include <gtest/gtest.h>

namespace tocsin::kit {
namespace {

using match::Expression;

std::string text_of(const Expression& expression) {
    if (expression.kind == Expression::Kind::Condition) return expression.condition.text();
    std::string text = expression.kind == Expression::Kind::All   ? "all("
                       : expression.kind == Expression::Kind::Any ? "any("
                                                                  : "not(";
    for (std::size_t i = 0; i < expression.children.size(); ++i) {
        if (i > 0) text += "; ";
        text += text_of(expression.children[i]);
    }
    return text + ")";
}

}  // namespace

std::string base() {
    return R"(people:
  a: { email: a@example.org, paged: [{ via: email }] }
  b: { email: b@example.org, paged: [{ via: email }] }
  c: { email: c@example.org, paged: [{ via: email }] }
  manager: { email: m@example.org, paged: [{ via: email }] }
schedules:
  primary: { time_zone: America/New_York, layers: [{ people: a }] }
escalations:
  learner: { steps: [{ page: primary }], fallback: manager }
services:
  lms: { escalation: learner }
  mysql: { escalation: learner }
)";
}

std::shared_ptr<const Rulebook> compiled(const std::vector<RulebookFile>& files, const CompileContext& context) {
    auto result = compile_rulebook(files, context);
    EXPECT_EQ(result.diagnostics.errors(), 0U) << result.diagnostics.render();
    return result.rulebook;
}

std::shared_ptr<const Rulebook> compiled(const std::string& text) { return compiled({{"rules.yaml", text}}); }

std::string said_of(const std::string& text) {
    const std::vector<RulebookFile> files{{"rules.yaml", text}};
    return compile_rulebook(files, {}).diagnostics.render();
}

std::string match_text(const std::string& match) {
    const auto rulebook = compiled(base() + "rules: [{ name: one, severity: info, match: " + match + " }]\n");
    if (rulebook == nullptr) return "";
    return text_of(rulebook->rules().rules().front().match);
}

}  // namespace tocsin::kit
