// Contacts that are verified by a code.
#include "core/model/verification.hpp"

#include <gtest/gtest.h>

#include "core/base/limits.hpp"

namespace tocsin::verification_test {
namespace {

const TimePoint kNow = from_unix_ms(1'772'323'200'000);
const Contact kPush{"push", "ntfy", "lahore-a"};

TEST(Verification, OfAContactOfWhichNothingIsKeptIsMissing) {
    EXPECT_EQ(contact_state(kPush, nullptr, kNow), ContactState::Unverified);
}

TEST(Verification, IsThereOnceTheRightCodeIsGivenBack) {
    const auto sent = with_code(kPush, nullptr, "right", kNow);
    EXPECT_EQ(contact_state(kPush, &sent, kNow), ContactState::CodeSent);
    const auto given = given_code(sent, "right", kNow);
    EXPECT_TRUE(given.outcome);
    EXPECT_EQ(contact_state(kPush, &given.after, kNow), ContactState::Verified);
    EXPECT_FALSE(given_code(given.after, "right", kNow).outcome) << "a code counts once";
}

TEST(Verification, IsOfOneAddressOnly) {
    const auto verified = given_code(with_code(kPush, nullptr, "right", kNow), "right", kNow).after;
    const Contact moved{"push", "ntfy", "lahore-b"};
    EXPECT_EQ(contact_state(moved, &verified, kNow), ContactState::Unverified);
    EXPECT_FALSE(with_code(moved, &verified, "next", kNow).verified_at);
    EXPECT_TRUE(with_code(kPush, &verified, "next", kNow).verified_at) << "asking again takes nothing away";
}

TEST(Verification, CodeIsGoodForSomeTime) {
    const auto sent = with_code(kPush, nullptr, "right", kNow);
    const auto late = kNow + limits::kCodeLifetime;
    EXPECT_EQ(contact_state(kPush, &sent, late), ContactState::Unverified);
    const auto given = given_code(sent, "right", late);
    ASSERT_FALSE(given.outcome);
    EXPECT_EQ(given.outcome.error().message(), "no code is out, or it is too old: ask for a new one");
    EXPECT_EQ(given.after, sent);
}

TEST(Verification, TooManyWrongCodesNeedANewOne) {
    auto known = with_code(kPush, nullptr, "right", kNow);
    for (int i = 0; i < limits::kWrongCodesMax; ++i) {
        const auto given = given_code(known, "wrong", kNow);
        ASSERT_FALSE(given.outcome);
        known = given.after;
    }
    EXPECT_FALSE(given_code(known, "right", kNow).outcome);
    EXPECT_TRUE(given_code(with_code(kPush, &known, "next", kNow), "next", kNow).outcome);
}

}  // namespace
}  // namespace tocsin::verification_test
