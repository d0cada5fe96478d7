// A contact is verified by the code that came over it.
#include <gtest/gtest.h>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test::contact_test {
namespace {

class Contacts : public testing::Test {
protected:
    Contacts() { folder_.write("token", kApiToken); }
    Outcome tocsin(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), built_path("tocsin"));
        return run(
            {std::move(arguments),
             {"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon_.port()), "TOCSIN_TOKEN_FILE=" + folder_.path("token")}});
    }
    /// The six digits with which the message begins.
    std::string code_that_came() {
        const auto page = receiver_.next();
        if (!page) return "none";
        const auto summary = page->body.find(" is the code that verifies");
        return summary == std::string::npos || summary < 6 ? "none" : page->body.substr(summary - 6, 6);
    }

    Receiver receiver_;
    Daemon daemon_{Rulebook::tiny(), receiver_};
    TempDir folder_;
};

TEST_F(Contacts, AreVerifiedByTheCodeThatCame) {
    EXPECT_EQ(daemon_.metric("tocsin_contacts_unverified"), 3);
    const auto before = tocsin({"people"});
    EXPECT_EQ(before.exit.code, 0) << before.error;
    EXPECT_NE(before.out.find("3 contacts are not verified"), std::string::npos) << before.out;

    ASSERT_EQ(tocsin({"contact", "verify", "ana", "push"}).exit.code, 0);
    const auto code = code_that_came();
    ASSERT_NE(code, "none");
    const auto wrong = tocsin({"contact", "verify", "ana", "push", "--code", "no"});
    EXPECT_EQ(wrong.exit.code, 1);
    EXPECT_NE(wrong.error.find("that is not the code; 4 more tries"), std::string::npos) << wrong.error;
    const auto right = tocsin({"contact", "verify", "ana", "push", "--code", code});
    EXPECT_EQ(right.exit.code, 0) << right.error;
    EXPECT_EQ(right.out, "push of ana is verified\n");

    daemon_.restart();
    EXPECT_EQ(daemon_.metric("tocsin_contacts_unverified"), 2) << "it is on disk";
}

TEST_F(Contacts, ThatTheRulebookDoesNotHaveAreNotFound) {
    const auto nobody = tocsin({"contact", "verify", "anna", "push"});
    EXPECT_EQ(nobody.exit.code, 1);
    EXPECT_NE(nobody.error.find("no person called \"anna\""), std::string::npos) << nobody.error;
    const auto nothing = tocsin({"contact", "verify", "ana", "phone"});
    EXPECT_NE(nothing.error.find("ana has no contact called \"phone\"; there is push"), std::string::npos) << nothing.error;
}

}  // namespace
}  // namespace tocsin::test::contact_test
