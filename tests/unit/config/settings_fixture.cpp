#include "tests/unit/config/settings_fixture.hpp"

#include <gtest/gtest.h>

namespace tocsin::config {

SettingsFolder& SettingsFolder::file(const std::string& path, const std::string& text) {
    files_[path] = text;
    return *this;
}

SettingsFolder& SettingsFolder::without_credentials() {
    credentials_directory_.clear();
    return *this;
}

ReadSettings SettingsFolder::read(const std::string& text) const {
    const auto read_file = [this](const std::string& path) -> Result<std::string> {
        const auto found = files_.find(path);
        if (found == files_.end()) return Error{Errc::NotFound, "no such file"};
        return found->second;
    };
    return read_settings("/etc/tocsin/tocsin.yaml", text, read_file, credentials_directory_);
}

Settings SettingsFolder::good(const std::string& text) const {
    auto read_in = read(text);
    EXPECT_EQ(read_in.diagnostics.render(), "");
    return read_in.settings.value_or(Settings{});
}

std::string SettingsFolder::complaints(const std::string& text) const {
    const auto read_in = read(text);
    EXPECT_EQ(read_in.settings.has_value(), read_in.diagnostics.errors() == 0);
    return "\n" + read_in.diagnostics.render();
}

}  // namespace tocsin::config
