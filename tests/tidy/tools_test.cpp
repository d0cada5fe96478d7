// The instruments of the tidy suite themselves: a check that cannot see anything finds nothing.
#include <gtest/gtest.h>

#include "tests/tidy/functions.hpp"
#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy::tools_test {
namespace {

TEST(TidyTools, TextIsSplitIntoCodeLiteralsAndComments) {
    const auto split = split_cpp("int a = f(\"x // y\");  // z\n");
    EXPECT_EQ(split.code.at(0), "int a = f(\"      \");      ");
    EXPECT_EQ(split.literals.at(0), "           x // y         ");
    EXPECT_EQ(split.comments.at(0), "                      // z");
}

TEST(TidyTools, DigitSeparatorsAndQuotesInCharactersAreNotLiterals) {
    const auto split = split_cpp("int a = 100'000; char b = '\"'; int c = 2'0;\n");
    EXPECT_EQ(split.code.at(0), "int a = 100'000; char b = ' '; int c = 2'0;");
}

TEST(TidyTools, RawLiteralsEndAtTheirOwnMark) {
    const auto split = split_cpp("f(R\"sql(now() \")\" // no\n)sql\", g());\n");
    EXPECT_EQ(split.literals.at(0).substr(8), "now() \")\" // no");
    EXPECT_EQ(split.code.at(1), ")sql\", g());");
}

TEST(TidyTools, WordsAreFoundWhole) {
    EXPECT_EQ(find_words("strand(x)", "rand("), std::string::npos);
    EXPECT_EQ(find_words("x = rand(y)", "rand("), 4U);
    EXPECT_EQ(find_words("steady_clock::now()", "::now()"), 12U);
}

TEST(TidyTools, FunctionsAreMeasuredFromSignatureToBrace) {
    const auto code = lines_of(
        "namespace n {\n"
        "struct S {\n"
        "    int a() const {\n"
        "        return 1;\n"
        "    }\n"
        "};\n"
        "template <class T>\n"
        "int b(T t,\n"
        "      int u) {\n"
        "    for (;;) { t(); }\n"
        "}\n"
        "constexpr int kTable[] = {\n"
        "    1,\n"
        "};\n"
        "}\n");
    const auto functions = functions_of(code);
    ASSERT_EQ(functions.size(), 2U);
    EXPECT_EQ(functions[0].line, 3U);
    EXPECT_EQ(functions[0].lines, 3U);
    EXPECT_EQ(functions[1].line, 7U);
    EXPECT_EQ(functions[1].lines, 5U);
}

TEST(TidyTools, AFunctionThatIsASwitchCountsAsATable) {
    const auto functions =
        functions_of(lines_of("int f(int x) {\n"
                              "    switch (x) {\n"
                              "        case 1: return 2;\n"
                              "        case 2: return 3;\n"
                              "        default: return 4;\n"
                              "    }\n"
                              "}\n"
                              "int g(int x) {\n"
                              "    a(); \n"
                              "    b(); \n"
                              "    switch (x) { default: return 4; }\n"
                              "}\n"
                              "const A& h() {\n"
                              "    static const A kAll{\n"
                              "        {1, 2},\n"
                              "        {3, 4},\n"
                              "        {5, 6},\n"
                              "        {7, 8},\n"
                              "        {9, 0},\n"
                              "    };\n"
                              "    return kAll;\n"
                              "}\n"));
    ASSERT_EQ(functions.size(), 3U);
    EXPECT_TRUE(functions[0].is_mainly_a_table);
    EXPECT_FALSE(functions[1].is_mainly_a_table);
    EXPECT_TRUE(functions[2].is_mainly_a_table);
}

TEST(TidyTools, ConstructorsWithBracedInitialisersAreMeasured) {
    const auto functions =
        functions_of(lines_of("A::A(int b)\n"
                              "    : b_{b}, c_{b} {\n"
                              "    d();\n"
                              "}\n"));
    ASSERT_FALSE(functions.empty());
    EXPECT_EQ(functions.back().lines, 3U);
}

TEST(TidyTools, TheTreeIsThere) {
    EXPECT_GT(sources().size(), 40U);
    EXPECT_TRUE(is_in("core/base/time.hpp", {"core/base"}));
    EXPECT_FALSE(is_in("core/baseline/time.hpp", {"core/base"}));
}

}  // namespace
}  // namespace tocsin::tidy::tools_test
