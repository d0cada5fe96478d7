// Templates: reading and rendering.
#include <gtest/gtest.h>

#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::template_test {
namespace {

std::string filled(std::string_view written, const kit::Values& values) {
    const auto made = parse_template(written);
    return made ? render(*made, kit::fields(values)).text : "error: " + made.error().message();
}

std::uint32_t empty_in(std::string_view written, const kit::Values& values) {
    return render(*parse_template(written), kit::fields(values)).empty;
}

TEST(Template, FillsFieldsIntoText) {
    EXPECT_EQ(filled("${payload.host}: ${payload.count} server errors", {{"payload.host", "web1"}, {"payload.count", "120"}}),
              "web1: 120 server errors");
    EXPECT_EQ(filled("no field at all", {}), "no field at all");
    EXPECT_EQ(filled("", {}), "");
}

TEST(Template, JoinsManyValues) { EXPECT_EQ(filled("[${tags}]", {{"tags", "prod"}, {"tags", "db"}}), "[prod, db]"); }

TEST(Template, FallsBackWhereAFieldIsAbsentOrEmpty) {
    EXPECT_EQ(filled("${payload.host:-some host}", {}), "some host");
    EXPECT_EQ(filled("${payload.host:-some host}", {{"payload.host", ""}}), "some host");
    EXPECT_EQ(filled("${payload.host:-some host}", {{"payload.host", "web1"}}), "web1");
}

TEST(Template, TreatsNullAsAbsent) {
    Fields fields;
    fields.add("payload.host", "null", FieldType::Null);
    EXPECT_EQ(render(*parse_template("<${payload.host:-none}>"), fields).text, "<none>");
    EXPECT_EQ(render(*parse_template("<${payload.host}>"), fields).empty, 1U);
}

TEST(Template, CountsAbsentFieldsWithoutFallback) {
    EXPECT_EQ(empty_in("${a} ${b} ${c:-} ${d:-x} ${e}", {{"a", ""}}), 2U);
    EXPECT_EQ(filled("<${a}>", {}), "<>");
}

TEST(Template, AppliesFiltersInOrder) {
    EXPECT_EQ(filled("${a|upper}", {{"a", "web1 é"}}), "WEB1 é");
    EXPECT_EQ(filled("${a|lower}", {{"a", "WEB1"}}), "web1");
    EXPECT_EQ(filled("${a|truncate:4|upper}", {{"a", "éabcdef"}}), "éAB…");
    EXPECT_EQ(filled("${a:-nobody|upper}", {}), "NOBODY");
    EXPECT_EQ(filled("${ a | upper }", {{"a", "x"}}), "X");
}

TEST(Template, NamesQuotedKeys) { EXPECT_EQ(filled("${payload.\"a.b|c}\"|upper}", {{"payload.\"a.b|c}\"", "x"}}), "X"); }

TEST(Template, LetsDollarsBe) {
    EXPECT_EQ(filled("costs $5 or $${a} $", {{"a", "x"}}), "costs $5 or ${a} $");
    EXPECT_EQ(filled("$${a}${a}", {{"a", "x"}}), "${a}x");
}

TEST(Template, NothingInAValueIsEvaluated) { EXPECT_EQ(filled("${a}", {{"a", "${b}"}, {"b", "x"}}), "${b}"); }

TEST(Template, SaysWhatIsWrongAndAtWhichByte) {
    EXPECT_EQ(filled("ab ${payload.x", {}), "error: at byte 4: \"${\" is not closed by \"}\"");
    EXPECT_EQ(filled("ab ${x|uper}", {}), "error: at byte 8: no filter is called \"uper\"; did you mean \"upper\"?");
    EXPECT_EQ(filled("${x|reverse}", {}),
              "error: at byte 5: no filter is called \"reverse\"; there are upper, lower and truncate:80");
    EXPECT_EQ(filled("${x|upper:-d}", {}),
              "error: at byte 5: the default stands before the filters, as in ${path:-default|upper}, not in \"upper:-d\"");
    EXPECT_EQ(filled("${}", {}), "error: at byte 3: \"\" is no field path: a key is empty (write \"\" in quotes if it is meant)");
    EXPECT_TRUE(filled("${x|truncate:0}", {}).starts_with("error:"));
    EXPECT_TRUE(filled("${x|truncate:}", {}).starts_with("error:"));
    EXPECT_TRUE(filled("${x|truncate:8x}", {}).starts_with("error:"));
}

}  // namespace
}  // namespace tocsin::match::template_test
