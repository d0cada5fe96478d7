// What Linux says about this process, read from /proc when asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::observe {

struct ProcessState {
    double start_time_unix_s = 0;
    double cpu_s = 0;
    std::int64_t resident_bytes = 0;
    std::int64_t open_fds = 0;
    std::int64_t max_fds = 0;
};

/// Nothing where /proc cannot be read.
[[nodiscard]] std::optional<ProcessState> read_process_state();

/// What /proc/<pid>/stat holds that is of interest. The program's name in it may hold spaces and parentheses.
struct ProcessStat {
    std::int64_t cpu_ticks = 0;
    std::int64_t start_ticks = 0;  ///< Since boot.
    std::int64_t resident_pages = 0;
};
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view stat);

}  // namespace tocsin::observe
