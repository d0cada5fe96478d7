// Loading a rulebook of which some files may be broken: it compiles and its tests pass, or the last good version of each broken
// file takes the place of that file, or nothing changes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rules/check/rulebook_tests.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::check {

/// A calendar, or a file that a rulebook test names, as it was when all was well.
struct KeptSample {
    std::string rulebook_path;
    std::string named;
    std::string bytes;
    friend bool operator==(const KeptSample&, const KeptSample&) = default;
};

/// Everything that a rulebook was made of.
struct KeptRulebook {
    std::vector<RulebookFile> files;
    std::vector<KeptSample> samples;
};

/// A file that is not in force as it is on disk, and what is wrong with it.
struct StaleFile {
    std::string path;
    std::string problems;
    bool is_left_out = false;  ///< It has no last good version: the rest is in force without it.
};

struct LoadedRulebook {
    enum class Result : std::uint8_t {
        Loaded,   ///< As it is on disk.
        Partial,  ///< With the last good versions of the stale files.
        Refused,  ///< Nothing of it that is not in force already: `rulebook` is null.
    };
    Result result = Result::Refused;
    std::shared_ptr<const Rulebook> rulebook;
    KeptRulebook made_of;          ///< What `rulebook` is made of.
    std::vector<StaleFile> stale;  ///< Of all but a Loaded one, by path; none if the fault is nobody's alone.
    std::string diagnostics;       ///< Errors and failing tests of what is on disk, or the warnings of what was loaded.
    std::string summary;           ///< "2 errors, 1 warning"
};

/// An error is the fault of the file that it is shown in, a failing test of the file that it stands in. A file at fault that is
/// as it was in `last_good` cannot be the cause: then, or if the mixture has errors in ever more files, nothing is loaded.
[[nodiscard]] LoadedRulebook load_rulebook(std::span<const RulebookFile> on_disk, const KeptRulebook& last_good,
                                           const CompileContext& context, const ParseAlert& parse);

/// A rulebook that was good once, with the samples of that time; Refused if it is good no more (other channels, another tocsin).
[[nodiscard]] LoadedRulebook restore_rulebook(const KeptRulebook& last_good, const CompileContext& context,
                                              const ParseAlert& parse);

}  // namespace tocsin::check
