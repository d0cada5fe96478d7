// Every body that Opsgenie or a client of its API was ever seen to send lands where tests/samples/INDEX.md says.
#include <gtest/gtest.h>

#include "tests/support/landing.hpp"

namespace tocsin::test::samples_opsgenie_test {
namespace {

const std::string kByAlias = "?identifierType=alias";

TEST(Samples, OfOpsgeniesWebhookLandAsTheirIndexSays) {
    const std::string kDoc = "052652ac-5d1c-464a-812a-7dd18bbfba8c";
    const std::string kDisk = "8418d193-2dab-4490-b331-8c02cdd196b7-1706330997671";
    // What is said of an alert that nobody opened here is kept and changes nothing; P5 tells nobody.
    expect_story(
        {"opsgenie_webhook",
         "opsgenie",
         "/in/opsgenie",
         {
             {"create_2017_all_strings.json", 202, {{"Create", "97260ae4-a5c3-488a-8215-640445dd2710", 1}}},
             {"create_2017_numeric_priority.json", 202, {{"Create", "ec03dad6-62c8-4c94-b38b-d88f398e900f", 2}}},
             {"create_2017_p4_uuid_alias.json", 202, {{"Create", "68cbcf70-3d39-4b99-9b79-0eb1e85a205c", 3}}},
             {"create_2020_responders.json", 202, {{"Create", "7ec331d7-f5f3-4f78-a49c-2ad886df69fe-1593475564295", 4}}},
             {"create_2021_updatedat_string.json", 202, {{"Create", "6552a02b-ff34-4e65-a1cc-83eb3fccdcef-1625246953480", 5}}},
             {"custom_action_addtojira.json", 202, {{"AddToJIRA", "ce07a005-dcfd-4aaf-bfff-2b9ca00cdfd5", 0}}},
             {"create_2024_nonascii_details.json", 202, {{"Create", "fa73cd5e-5a0c-462a-82c6-61a72807aa03-1706330997671", 0}}},
             {"close_2024.json", 202, {{"Close", "fa73cd5e-5a0c-462a-82c6-61a72807aa03-1706330997671", 0}}},
             {"doc_acknowledge.json", 202, {{"Acknowledge", kDoc, 0}}},
             {"doc_addnote.json", 202, {{"AddNote", kDoc, 0}}},
             {"doc_addrecipient.json", 202, {{"AddRecipient", kDoc, 0}}},
             {"doc_addtags.json", 202, {{"AddTags", kDoc, 0}}},
             {"doc_addteam.json", 202, {{"AddTeam", kDoc, 0}}},
             {"doc_assignownership.json", 202, {{"AssignOwnership", kDoc, 0}}},
             {"doc_customaction.json", 202, {{"TestAction", kDoc, 0}}},
             {"doc_close.json", 202, {{"Close", kDoc, 0}}},
             {"doc_delete.json", 202, {{"Delete", kDoc, 0}}},
             {"doc_escalate.json", 202, {{"Escalate", "7ba97e3a-d328-4b5e-8f9a-39e945a3869a", 0}}},
             {"c_add_responder.json", 202, {{"AddResponder", kDisk, 0}}},
             {"c_create_details_truncated.json", 202, {{"Create", kDisk, 6}}},
             {"c_update_message.json", 202, {{"UpdateMessage", kDisk, 6}}},
             {"c_update_description.json", 202, {{"UpdateDescription", kDisk, 6}}},
             {"c_update_priority.json", 202, {{"UpdatePriority", kDisk, 6}}},
             {"c_unknown_action.json", 202, {{"SomethingNew2027", kDisk, 6}}},
             {"c_escalate_next.json", 202, {{"EscalateNext", kDisk, 6}}},
             {"c_escalate_to_next.json", 202, {{"EscalateToNext", kDisk, 6}}},
             {"c_snooze.json", 202, {{"Snooze", kDisk, 6}}},
             {"c_snooze_ended.json", 202, {{"SnoozeEnded", kDisk, 6}}},
         },
         {{"high", "triggered"},
          {"moderate", "triggered"},
          {"low", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"critical", "triggered"}}});
}

TEST(Samples, OfOpsgeniesApiLandAsTheirIndexSays) {
    const std::string kGroup = "c8585f9b51f733fdc2786ad26589d86072c7d1a8e8fed5f15dcfbda766fd53c0";
    const std::string kGrafana = "6e3538104c14b583da237e9693b76debbc17f0f8058ef20492e5853096cf8733";
    // As the SDK sends it: spaces are escaped, what is not ASCII is not.
    const std::string kSdkAlert = "POST /v2/alerts/disk/db01%20\xC3\xA9";
    const std::string kSdkAlias = "disk/db01 \xC3\xA9";
    expect_story(
        {"opsgenie_api",
         "og",
         "/v2/alerts",
         {
             {"am_create_full.json", 202, {{"Create", kGroup, 1}}},
             {"am_create_group_changed.json", 202, {{"Create", kGroup, 1}}},
             {"am_put_message.json", 202, {{"UpdateMessage", kGroup, 1}}, "PUT /v2/alerts/" + kGroup + "/message" + kByAlias},
             {"am_put_description.json",
              202,
              {{"UpdateDescription", kGroup, 1}},
              "PUT /v2/alerts/" + kGroup + "/description" + kByAlias},
             {"am_close.json", 202, {{"Close", kGroup, 1}}, "POST /v2/alerts/" + kGroup + "/close" + kByAlias},
             {"am_create_minimal.json", 202, {{"Create", "2f204ce452a760f1f716259f2e6e08409e688af0a46214c2e6741de43d8edef9", 2}}},
             {"grafana_create_tags.json", 202, {{"Create", kGrafana, 3}}},
             {"grafana_create_truncated.json", 202, {{"Create", kGrafana, 3}}},
             {"grafana_close.json", 202, {{"Close", kGrafana, 3}}, "POST /v2/alerts/" + kGrafana + "/close" + kByAlias},
             {"docs_create.json", 202, {{"Create", "Life is too short for no alias", 4}}},
             {"shoutrrr_create.json", 202, {{"Create", "Life is too short for no alias", 4}}},
             {"sdk_create.json", 202, {{"Create", "a1", 5}}, "POST /v2/alerts/"},
             // The recorded actions are about another alert than the recorded create.
             {"sdk_create.json", 202, {{"Create", kSdkAlias, 6}}, "", R"({"message":"m","alias":")" + kSdkAlias + "\"}"},
             {"sdk_ack.json", 202, {{"Acknowledge", kSdkAlias, 6}}, kSdkAlert + "/acknowledge/" + kByAlias},
             {"sdk_assign.json", 202, {{"AssignOwnership", kSdkAlias, 6}}, kSdkAlert + "/assign/" + kByAlias},
             {"sdk_snooze.json", 202, {{"Snooze", kSdkAlias, 6}}, kSdkAlert + "/snooze/" + kByAlias},
             {"c_21_tags.json", 202, {{"Create", kMadeHere, 7}}},
             {"c_alias_513.json", 202, {{"Create", kMadeHere, 8}}},
             {"c_details_8001.json", 202, {{"Create", kMadeHere, 9}}},
             {"c_message_131.json", 202, {{"Create", kMadeHere, 10}}},
             {"c_bad_priority.json", 422},
             {"c_bad_responder_type.json", 422},
             {"c_nested_details.json", 422},
             {"c_no_message.json", 422},
         },
         {{"critical", "resolved"},
          {"moderate", "triggered"},
          {"moderate", "resolved"},
          {"critical", "triggered"},
          {"high", "triggered"},
          {"moderate", "acknowledged"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"},
          {"moderate", "triggered"}}});
}

}  // namespace
}  // namespace tocsin::test::samples_opsgenie_test
