// The corpus of bodies that senders sent (tests/samples), and short ways to ask what was made of one.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "daemon/intake/parser.hpp"
#include "tests/support/places.hpp"

namespace tocsin::intake {

inline std::filesystem::path samples_folder() { return test::source_path("tests/samples"); }

/// The names of the files of one folder of the corpus, sorted.
inline std::vector<std::string> sample_names(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(samples_folder() / folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline std::string sample(const std::string& folder, const std::string& name) {
    std::ifstream file(samples_folder() / folder / name, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << folder << "/" << name;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A body that must be understood.
inline Parsed parsed(std::string_view kind, std::string body) {
    auto result = parse(kind, "a-source", std::move(body));
    if (!result) {
        ADD_FAILURE() << result.error().message();
        return Parsed{{Arrival{}}, {}, {}};
    }
    EXPECT_EQ(result->arrivals.size(), 1U);
    return std::move(*result);
}

inline Alert alert_of(std::string_view kind, std::string body) { return parsed(kind, std::move(body)).arrivals.at(0).alert; }
inline Fields fields_of(std::string_view kind, std::string body) { return parsed(kind, std::move(body)).arrivals.at(0).fields; }

/// What is said of a body that must be refused.
inline std::string error_of(std::string body) {
    const auto result = parse("splunk", "a-source", std::move(body));
    if (result) return "(it was taken)";
    EXPECT_EQ(result.error().code(), Errc::Invalid);
    return result.error().message();
}

inline std::vector<std::string> all_of(const Fields& fields, std::string_view path) {
    std::vector<std::string> values;
    (void)fields.any_of(path, [&](std::string_view value, FieldType) {
        values.emplace_back(value);
        return false;
    });
    return values;
}

inline std::vector<std::string> listed(const Fields& fields) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < fields.size(); ++i)
        lines.push_back(std::string(fields[i].path) + " = " + std::string(fields[i].value));
    return lines;
}

/// What must be understood of one file of the corpus. `fields` holds the values of a path joined by " | ".
struct ExpectedSample {
    std::string file;
    AlertAction action = AlertAction::Fire;
    std::string key{};
    std::string title{};
    std::string priority{};
    std::vector<std::pair<std::string, std::string>> fields{};
};

inline void expect_sample(const Arrival& arrival, const ExpectedSample& expected) {
    EXPECT_EQ(to_string(arrival.alert.action), to_string(expected.action));
    EXPECT_EQ(arrival.alert.key, expected.key);
    EXPECT_EQ(arrival.alert.title, expected.title);
    EXPECT_EQ(arrival.alert.priority, expected.priority);
    for (const auto& [path, value] : expected.fields) {
        std::string joined;
        for (const auto& one : all_of(arrival.fields, path)) joined += (joined.empty() ? "" : " | ") + one;
        EXPECT_TRUE(arrival.fields.has(path)) << path;
        EXPECT_EQ(joined, value) << path;
    }
}

inline const ExpectedSample* find_expected(const std::vector<ExpectedSample>& table, const std::string& file) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& e) { return e.file == file; });
    return found == table.end() ? nullptr : &*found;
}

/// A test's name may hold letters, digits and underscores alone.
inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param.substr(0, info.param.find('.'));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
}

}  // namespace tocsin::intake
