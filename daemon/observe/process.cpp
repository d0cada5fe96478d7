#include "daemon/observe/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::observe {
namespace {

std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// When the machine was started, in Unix seconds: the line "btime" of /proc/stat.
std::optional<std::int64_t> boot_time() {
    const auto stat = read_file("/proc/stat");
    for (const auto line : split(stat, '\n')) {
        if (line.starts_with("btime ")) return number(line.substr(6));
    }
    return {};
}

/// Without the one that the counting itself opens.
std::int64_t count_open_fds() {
    std::error_code error;
    std::filesystem::directory_iterator entries("/proc/self/fd", error);
    std::int64_t count = 0;
    while (!error && entries != std::filesystem::directory_iterator()) {
        ++count;
        entries.increment(error);
    }
    return count > 0 ? count - 1 : 0;
}

std::int64_t read_max_fds() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::int64_t>(limit.rlim_cur) : 0;
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view stat) {
    // "42 (a name) S 1 ...": the fields after the last parenthesis begin with number 3 of proc(5).
    const auto name_end = stat.rfind(") ");
    if (name_end == std::string_view::npos) return {};
    const auto fields = split(trimmed(stat.substr(name_end + 2)), ' ');
    constexpr std::size_t kUtime = 14 - 3;
    constexpr std::size_t kStime = 15 - 3;
    constexpr std::size_t kStartTime = 22 - 3;
    constexpr std::size_t kRss = 24 - 3;
    if (fields.size() <= kRss) return {};
    const auto user = number(fields[kUtime]);
    const auto system = number(fields[kStime]);
    const auto start = number(fields[kStartTime]);
    const auto resident = number(fields[kRss]);
    if (!user || !system || !start || !resident) return {};
    return ProcessStat{*user + *system, *start, *resident};
}

std::optional<ProcessState> read_process_state() {
    const auto stat = parse_process_stat(read_file("/proc/self/stat"));
    const auto booted = boot_time();
    if (!stat || !booted) return {};
    const auto ticks_per_s = static_cast<double>(sysconf(_SC_CLK_TCK));
    ProcessState state;
    state.start_time_unix_s = static_cast<double>(*booted) + static_cast<double>(stat->start_ticks) / ticks_per_s;
    state.cpu_s = static_cast<double>(stat->cpu_ticks) / ticks_per_s;
    state.resident_bytes = stat->resident_pages * sysconf(_SC_PAGESIZE);
    state.open_fds = count_open_fds();
    state.max_fds = read_max_fds();
    return state;
}

}  // namespace tocsin::observe
