// The parts of the index alone: what each finds for a value, and what it must not miss.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "rules/match/affix_index.hpp"
#include "rules/match/cidr_index.hpp"
#include "rules/match/gram_index.hpp"
#include "rules/match/presence.hpp"
#include "rules/match/range_index.hpp"
#include "rules/match/value_table.hpp"
#include "tests/unit/match/match_kit.hpp"

namespace tocsin::match::index_parts_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint32_t> all_of(Candidates& candidates) {
    std::vector<std::uint32_t> all;
    for (auto next = candidates.next(); next != Candidates::kEnd; next = candidates.next()) all.push_back(next);
    return all;
}

template <class Index, class Value>
std::vector<std::uint32_t> found(const Index& index, const Value& value, const Postings& postings) {
    Candidates candidates;
    index.find(value, postings, candidates);
    return all_of(candidates);
}

TEST(Candidates, ComeInOrderAndOnceFromShortAndLongLists) {
    const std::vector<std::uint32_t> few{7, 30};
    std::vector<std::uint32_t> many;
    for (std::uint32_t i = 0; i < 40; i += 2) many.push_back(i);
    Candidates candidates;
    candidates.add(few);
    candidates.add(many);
    candidates.add(many);
    auto expected = many;
    expected.insert(std::find(expected.begin(), expected.end(), 8U), 7);
    EXPECT_EQ(all_of(candidates), expected);
}

TEST(Candidates, ThatAreAddedLaterComeOnlyIfTheyLieAhead) {
    const std::vector<std::uint32_t> first{3, 9};
    const std::vector<std::uint32_t> later{1, 3, 5};
    Candidates candidates;
    candidates.add(first);
    EXPECT_EQ(candidates.next(), 3U);
    candidates.add(later);
    EXPECT_EQ(candidates.next(), 5U);
    EXPECT_EQ(candidates.next(), 9U);
    EXPECT_EQ(candidates.next(), Candidates::kEnd);
}

TEST(Candidates, OfAListThatIsHitManyTimesTakeNoMoreRoom) {
    const std::vector<std::uint32_t> list{4, 5};
    const std::vector<std::uint32_t> longer(std::size_t{20}, 6);
    Candidates candidates;
    for (int i = 0; i < 100'000; ++i) {
        candidates.add(list);
        candidates.add(longer);
    }
    EXPECT_THAT(all_of(candidates), ElementsAre(4, 5, 6));
}

TEST(AffixIndex, FindsPrefixesAndSuffixesWhateverTheirLengths) {
    Postings postings;
    AffixIndex index(0);
    const std::string text = "abcdefghijklmnopqrstuvwxyz";
    for (std::uint32_t i = 1; i <= 20; ++i) index.add(Side::Begin, text.substr(0, i), i);
    index.add(Side::End, "xyz", 100);
    index.seal(postings);
    postings.seal();
    const auto of_ten = found(index, "ABCDEFGHIJ", postings);
    for (std::uint32_t i = 1; i <= 10; ++i) EXPECT_THAT(of_ten, testing::Contains(i));
    EXPECT_THAT(found(index, "xyz", postings), ElementsAre(100));
    EXPECT_THAT(found(index, "", postings), IsEmpty());
}

TEST(GramIndex, FindsTextsOfAnyLengthAnywhere) {
    Postings postings;
    GramIndex index(0);
    index.add("k", 1);
    index.add("xy", 2);
    index.add("disk full", 3);
    index.add("lms-w", 4);
    index.seal(postings);
    postings.seal();
    EXPECT_THAT(found(index, "the DISK FULL of lms-web", postings), ElementsAre(1, 3, 4));
    EXPECT_THAT(found(index, "xy", postings), ElementsAre(2));
    EXPECT_THAT(found(index, "\xE2\x84\xAA", postings), ElementsAre(1)) << "the kelvin sign folds to k";
    EXPECT_THAT(found(index, "", postings), IsEmpty());
}

TEST(RangeIndex, FindsExactlyTheRangesThatHoldANumber) {
    constexpr auto kInfinite = std::numeric_limits<double>::infinity();
    Postings postings;
    RangeIndex index;
    index.add({1, 5}, 1);
    index.add({5, kInfinite}, 2);
    index.add({-kInfinite, 1}, 3);
    index.add({3, 3}, 4);
    index.add({7, 6}, 5);
    index.add({std::numeric_limits<double>::quiet_NaN(), 9}, 6);
    index.add({kInfinite, kInfinite}, 7);
    index.seal(postings);
    postings.seal();
    EXPECT_THAT(found(index, 0.0, postings), ElementsAre(3));
    EXPECT_THAT(found(index, 1.0, postings), ElementsAre(1, 3));
    EXPECT_THAT(found(index, 3.0, postings), ElementsAre(1, 4));
    EXPECT_THAT(found(index, 4.0, postings), ElementsAre(1));
    EXPECT_THAT(found(index, 5.0, postings), ElementsAre(1, 2));
    EXPECT_THAT(found(index, 6.5, postings), ElementsAre(2));
}

TEST(CidrIndex, FindsPrefixesOfBothFamilies) {
    Postings postings;
    CidrIndex index(0);
    index.add(*Prefix::parse("10.0.0.0/8"), 1, postings);
    index.add(*Prefix::parse("10.1.0.0/18"), 2, postings);
    index.add(*Prefix::parse("2001:db8::/33"), 3, postings);
    postings.seal();
    EXPECT_THAT(found(index, *parse_address("10.1.63.255"), postings), ElementsAre(1, 2));
    EXPECT_THAT(found(index, *parse_address("10.1.64.0"), postings), ElementsAre(1));
    EXPECT_THAT(found(index, *parse_address("2001:db8::1"), postings), ElementsAre(3));
    EXPECT_THAT(found(index, *parse_address("2001:db8:8000::1"), postings), IsEmpty());
}

TEST(ValueTable, TellsPathsAndLettersApart) {
    ValueTable table;
    EXPECT_EQ(table.add(0, Letters::AsWritten, "Web", 5), 5U);
    EXPECT_EQ(table.add(0, Letters::AsWritten, "Web", 6), 5U);
    EXPECT_EQ(table.add(0, Letters::Folded, "Web", 7), 7U);
    EXPECT_EQ(table.add(0, Letters::Folded, "WEB", 8), 7U);
    EXPECT_EQ(table.find(0, "Web"), 5U);
    EXPECT_EQ(table.find(0, "web"), ValueTable::kUnknown);
    EXPECT_EQ(table.find(1, "Web"), ValueTable::kUnknown);
    EXPECT_EQ(table.find_folded(0, "wEB"), 7U);
}

TEST(Hashes, AreTheSameForEqualTextsOfEveryLength) {
    std::string lower;
    std::string upper;
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(hash_of<Letters::Folded>(upper), hash_of<Letters::AsWritten>(lower)) << lower;
        lower += static_cast<char>('a' + i % 26);
        upper += static_cast<char>((i % 2 == 0 ? 'A' : 'a') + i % 26);
    }
    EXPECT_EQ(hash_of<Letters::Folded>("@[`{\x80\xC1"), hash_of<Letters::AsWritten>("@[`{\x80\xC1")) << "no letters";
}

TEST(Presence, CountsWhatStandsBelow) {
    PathTable table;
    PresencePaths paths;
    const auto labels = paths.add(table.add("labels"), "labels");
    const auto deep = paths.add(table.add("a.b"), "a.b");
    const auto title = paths.add(table.add("title"), "title");
    const auto lab = paths.add(table.add("lab"), "lab");
    const auto fields = kit::fields({{"labels.host", "x"}, {"a.b.c.d", "y"}, {"title", ""}});
    const AlertView alert(table, fields);
    Presence presence(paths, alert);
    EXPECT_TRUE(presence.has(labels));
    EXPECT_TRUE(presence.has(deep));
    EXPECT_TRUE(presence.has(title));
    EXPECT_FALSE(presence.has(lab));
}

}  // namespace
}  // namespace tocsin::match::index_parts_test
