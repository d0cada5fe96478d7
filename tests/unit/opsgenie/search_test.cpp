// The query language of the alert list.
#include "daemon/opsgenie/search.hpp"

#include <gtest/gtest.h>

namespace tocsin::opsgenie::search_test {
namespace {

const Facts& alert() {
    static const Facts facts{{"status", "open"},
                             {"tag", "t1"},
                             {"tag", "db-prod"},
                             {"message", "Disk full on db01"},
                             {"count", "12"},
                             {"createdat", "1795000000000"},
                             {"acknowledged", "false"},
                             {"priority", "P2"},
                             {"teams", "ops"},
                             {"details.key", "Region"},
                             {"details.value", "eu-west-1"},
                             {"details.region", "eu-west-1"}};
    return facts;
}

bool finds(std::string_view query) {
    const auto search = Search::read(query);
    EXPECT_TRUE(search) << query << ": " << search.error().message();
    return search && search->matches(alert());
}

std::string mistake(std::string_view query) {
    const auto search = Search::read(query);
    EXPECT_FALSE(search) << query;
    return search ? std::string() : search.error().message();
}

TEST(Search, AnEmptyQueryFindsEverything) {
    EXPECT_TRUE(finds(""));
    EXPECT_TRUE(finds("  "));
}

TEST(Search, FieldsAndValuesCompareWithoutCase) {
    EXPECT_TRUE(finds("status: open"));
    EXPECT_TRUE(finds("Status:OPEN"));
    EXPECT_FALSE(finds("status: closed"));
    EXPECT_TRUE(finds("details.region: eu-west-1"));
}

TEST(Search, OperatorsJoinTerms) {
    EXPECT_TRUE(finds("status: open AND tag: t1"));
    EXPECT_FALSE(finds("status: open AND tag: t2"));
    EXPECT_TRUE(finds("tag: t2 OR tag: t1"));
    EXPECT_TRUE(finds("NOT tag: t2"));
    EXPECT_TRUE(finds("status: open tag: t1"));
    EXPECT_TRUE(finds("status: closed AND tag: t1 OR priority: P2")) << "AND binds closer";
    EXPECT_FALSE(finds("status: closed AND (tag: t1 OR priority: P2)"));
    EXPECT_TRUE(finds("tag: (t2 OR t1)"));
    EXPECT_TRUE(finds("not (status: closed or acknowledged: true)"));
}

TEST(Search, WildcardsEndWords) {
    EXPECT_TRUE(finds("tag: db*"));
    EXPECT_FALSE(finds("tag: prod*"));
    EXPECT_TRUE(finds("message: ful*"));
    EXPECT_FALSE(finds("tag: \"db*\"")) << "a quoted text has none";
}

TEST(Search, ProseIsSearchedByWords) {
    EXPECT_TRUE(finds("message: disk"));
    EXPECT_TRUE(finds("message: \"disk full\""));
    EXPECT_FALSE(finds("message: dis"));
    EXPECT_TRUE(finds("db01"));
    EXPECT_TRUE(finds("eu-west-1"));
    EXPECT_FALSE(finds("db02"));
}

TEST(Search, NumbersAndTimesHaveARange) {
    EXPECT_TRUE(finds("count > 11 AND count <= 12"));
    EXPECT_FALSE(finds("count < 12"));
    EXPECT_TRUE(finds("createdAt >= 1795000000000"));
    EXPECT_TRUE(finds("createdAt > \"2026-01-01T00:00:00Z\""));
    EXPECT_FALSE(finds("status > 3"));
}

TEST(Search, MistakesSayWhere) {
    EXPECT_EQ(mistake("statsu: open"), "there is no field \"statsu\" to search in; did you mean \"status\"?");
    EXPECT_EQ(mistake("(status: open"), "the query has the end at character 14, where \")\" is expected");
    EXPECT_EQ(mistake("message: \"disk"), "the text that begins at character 10 has no closing \"");
}

TEST(Search, DepthAndLengthAreBounded) {
    EXPECT_EQ(mistake(std::string(100, '(') + "a" + std::string(100, ')')), "the query is nested too deep");
    EXPECT_EQ(mistake(std::string(1'001, 'a')), "the query is longer than 1000 characters");
}

}  // namespace
}  // namespace tocsin::opsgenie::search_test
