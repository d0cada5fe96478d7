#include "tests/support/recorded.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "tests/support/daemon.hpp"

namespace tocsin::test {
namespace json = boost::json;
namespace {

void add_shape(const json::value& value, const std::string& path, std::set<std::string>& shape) {
    if (path == ".errors") {
        shape.insert(path);
    } else if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            add_shape(member.value(), fmt::format("{}.{}", path, std::string_view(member.key())), shape);
        }
    } else if (const auto* array = value.if_array()) {
        for (const auto& element : *array) add_shape(element, path + "[]", shape);
    } else {
        shape.insert(fmt::format("{} {}", path, value.is_number() ? "number" : value.is_bool() ? "bool" : "text"));
    }
}

std::set<std::string> shape_of(const std::string& body) {
    std::set<std::string> shape;
    boost::system::error_code ec;
    add_shape(json::parse(body, ec), "", shape);
    EXPECT_FALSE(ec) << body;
    return shape;
}

}  // namespace

void expect_shape(const std::string& recorded, const HttpAnswer& answer) {
    const auto ours = shape_of(answer.body);
    for (const auto& member : shape_of(sample("opsgenie_api_responses/" + recorded))) {
        EXPECT_TRUE(ours.contains(member)) << recorded << " has" << member << ", and not " << answer.body;
    }
}

}  // namespace tocsin::test
