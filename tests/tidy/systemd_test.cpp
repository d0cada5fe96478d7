// The systemd unit is understood by systemd, and shut as tightly as it was meant to be.
#include <gtest/gtest.h>

#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::tidy::systemd_test {
namespace {

/// Tenths of systemd-analyze's figure, which runs from 0 (shut) to 10 (open).
constexpr const char* kExposureMax = "--threshold=15";

/// The unit with a program that is there, so that only the unit itself is judged.
std::string unit_text() {
    auto text = test::read_file(test::source_path("systemd/tocsin.service"));
    const std::string program = "/usr/bin/tocsin";
    const auto at = text.find(program);
    return at == std::string::npos ? text : text.replace(at, program.size(), "/bin/true");
}

class SystemdUnit : public testing::Test {
protected:
    void SetUp() override {
        if (!test::has_program("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed";
        folder_.write("tocsin.service", unit_text());
    }
    test::TempDir folder_;
};

TEST_F(SystemdUnit, IsUnderstoodBySystemd) {
    const auto outcome = test::run({{"systemd-analyze", "verify", "--man=no", folder_.path("tocsin.service")}});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.error;
    EXPECT_EQ(outcome.error, "");
}

TEST_F(SystemdUnit, ExposesLittle) {
    const auto outcome =
        test::run({{"systemd-analyze", "security", "--offline=yes", kExposureMax, "--no-pager", folder_.path("tocsin.service")}});
    EXPECT_EQ(outcome.exit.code, 0) << outcome.out << outcome.error;
}

}  // namespace
}  // namespace tocsin::tidy::systemd_test
