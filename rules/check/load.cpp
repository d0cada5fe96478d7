#include "rules/check/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "rules/check/rulebook_tests_report.hpp"

namespace tocsin::check {
namespace {

/// A mixture that is still wrong after so many rounds of putting files back is given up.
constexpr int kRoundsMax = 4;

/// A rulebook to be tried: which of its files are not as on disk.
struct Candidate {
    std::vector<RulebookFile> files;
    std::set<std::string, std::less<>> put_back;
};

struct Trial {
    std::shared_ptr<const Rulebook> rulebook;        ///< Null if anything is wrong.
    std::map<std::string, std::string> problems_of;  ///< By the file at fault.
    std::vector<KeptSample> samples;
    std::string diagnostics;
    std::string summary;
};

/// The bytes of samples: today's, or for a file that was put back those of its time; remembers what was asked for.
class Samples {
public:
    Samples(const Candidate& candidate, const KeptRulebook& last_good, const CompileContext& context)
        : candidate_(candidate), last_good_(last_good), context_(context) {}

    Result<std::string> read(std::string_view rulebook_path, std::string_view named) {
        if (candidate_.put_back.contains(rulebook_path)) {
            for (const auto& sample : last_good_.samples) {
                if (sample.rulebook_path == rulebook_path && sample.named == named) return remembered(sample);
            }
        }
        auto bytes = context_.read_sample(rulebook_path, named);
        if (bytes) (void)remembered({std::string(rulebook_path), std::string(named), *bytes});
        return bytes;
    }
    std::vector<KeptSample> take() { return std::move(read_); }

private:
    std::string remembered(const KeptSample& sample) {
        const auto is_it = [&](const KeptSample& one) {
            return one.rulebook_path == sample.rulebook_path && one.named == sample.named;
        };
        if (std::none_of(read_.begin(), read_.end(), is_it)) read_.push_back(sample);
        return sample.bytes;
    }

    const Candidate& candidate_;
    const KeptRulebook& last_good_;
    const CompileContext& context_;
    std::vector<KeptSample> read_;
};

void add_errors(const yaml::Diagnostics& diagnostics, Trial& trial) {
    for (const auto& diagnostic : diagnostics.all()) {
        if (diagnostic.level == yaml::Level::Error) trial.problems_of[diagnostic.place.file] += diagnostics.render(diagnostic);
    }
}

/// "rules/learner.yaml:31" -> "rules/learner.yaml"
std::string file_of(const std::string& place) { return place.substr(0, place.rfind(':')); }

void add_failures(const std::vector<TestResult>& results, Trial& trial) {
    std::size_t failed = 0;
    for (const auto& result : results) {
        if (result.passed()) continue;
        ++failed;
        auto& problems = trial.problems_of[file_of(result.place)];
        problems += fmt::format("{}: the test \"{}\" fails\n", result.place, result.name);
        for (const auto& [what, expected, got, why] : result.differences) {
            problems += fmt::format("      = {}: expected {}, got {}\n", what, expected, got);
        }
    }
    if (failed > 0) trial.summary = fmt::format("{} of its tests fail", failed);
}

Trial attempt(const Candidate& candidate, const KeptRulebook& last_good, const CompileContext& context, const ParseAlert& parse) {
    Trial trial;
    Samples samples(candidate, last_good, context);
    auto own_context = context;
    if (context.read_sample) {
        own_context.read_sample = [&](std::string_view path, std::string_view named) { return samples.read(path, named); };
    }
    auto compiled = compile_rulebook(candidate.files, own_context);
    trial.samples = samples.take();
    trial.diagnostics = compiled.diagnostics.render();
    trial.summary = compiled.diagnostics.summary();
    add_errors(compiled.diagnostics, trial);
    if (!compiled.rulebook) return trial;
    const auto results = run_rulebook_tests(*compiled.rulebook, parse);
    add_failures(results, trial);
    if (trial.problems_of.empty()) {
        trial.rulebook = std::move(compiled.rulebook);
    } else {
        trial.diagnostics = failures_to_text(results);
    }
    return trial;
}

const RulebookFile* find(const std::vector<RulebookFile>& files, std::string_view path) {
    const auto found = std::find_if(files.begin(), files.end(), [&](const RulebookFile& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

/// Puts a file back to its last good version, or takes it out; nothing if it is as it was then.
std::optional<StaleFile> put_back(Candidate& candidate, const KeptRulebook& last_good, const std::string& path,
                                  const std::string& problems) {
    const auto* now = find(candidate.files, path);
    const auto* then = find(last_good.files, path);
    if (now == nullptr || candidate.put_back.contains(path)) return {};
    if (then != nullptr && then->text == now->text) return {};
    const auto at = candidate.files.begin() + (now - candidate.files.data());
    if (then != nullptr) {
        at->text = then->text;
    } else {
        candidate.files.erase(at);
    }
    candidate.put_back.insert(path);
    return StaleFile{path, problems, then == nullptr};
}

/// From a rulebook that is wrong to one of which fewer files are as on disk, and nothing is wrong.
class Mending {
public:
    Mending(std::span<const RulebookFile> on_disk, const KeptRulebook& last_good, const CompileContext& context,
            const ParseAlert& parse)
        : on_disk_(on_disk), last_good_(last_good), context_(context), parse_(parse) {
        candidate_.files.assign(on_disk.begin(), on_disk.end());
    }

    [[nodiscard]] Trial trial() const { return attempt(candidate_, last_good_, context_, parse_); }

    /// A trial of the mixture, with a rulebook unless none was found.
    Trial mend(Trial trial) {
        for (int round = 0; round < kRoundsMax && !last_good_.files.empty(); ++round) {
            if (!put_back_broken(trial) || candidate_.files.empty()) break;
            trial = this->trial();
            if (trial.rulebook) return keep_what_was_not_at_fault(std::move(trial));
        }
        trial.rulebook = nullptr;
        return trial;
    }

    Candidate& candidate() { return candidate_; }
    std::vector<StaleFile>& stale() { return stale_; }

private:
    bool put_back_broken(const Trial& trial) {
        bool is_changed = false;
        for (const auto& [path, problems] : trial.problems_of) {
            auto one = put_back(candidate_, last_good_, path, problems);
            if (!one) continue;
            stale_.push_back(std::move(*one));
            is_changed = true;
        }
        return is_changed;
    }

    /// The errors of some files may have come from others: what does no harm as it is on disk stays so.
    Trial keep_what_was_not_at_fault(Trial good) {
        std::sort(stale_.begin(), stale_.end(), [](const StaleFile& a, const StaleFile& b) { return a.path < b.path; });
        for (auto one = stale_.begin(); one != stale_.end() && stale_.size() > 1;) {
            auto with_it = as_on_disk(one->path);
            auto trial = attempt(with_it, last_good_, context_, parse_);
            if (!trial.rulebook) {
                ++one;
                continue;
            }
            one = stale_.erase(one);
            candidate_ = std::move(with_it);
            good = std::move(trial);
        }
        return good;
    }

    [[nodiscard]] Candidate as_on_disk(const std::string& path) const {
        auto with_it = candidate_;
        std::erase_if(with_it.files, [&](const RulebookFile& file) { return file.path == path; });
        const auto on_disk =
            std::find_if(on_disk_.begin(), on_disk_.end(), [&](const RulebookFile& file) { return file.path == path; });
        with_it.files.push_back(*on_disk);
        with_it.put_back.erase(path);
        return with_it;
    }

    std::span<const RulebookFile> on_disk_;
    const KeptRulebook& last_good_;
    const CompileContext& context_;
    const ParseAlert& parse_;
    Candidate candidate_;
    std::vector<StaleFile> stale_;
};

LoadedRulebook loaded(LoadedRulebook::Result result, Candidate candidate, Trial trial) {
    LoadedRulebook done;
    done.result = result;
    done.rulebook = std::move(trial.rulebook);
    done.made_of = {std::move(candidate.files), std::move(trial.samples)};
    done.diagnostics = std::move(trial.diagnostics);
    done.summary = std::move(trial.summary);
    return done;
}

}  // namespace

LoadedRulebook load_rulebook(std::span<const RulebookFile> on_disk, const KeptRulebook& last_good, const CompileContext& context,
                             const ParseAlert& parse) {
    Mending mending(on_disk, last_good, context, parse);
    auto as_on_disk = mending.trial();
    if (as_on_disk.rulebook) {
        return loaded(LoadedRulebook::Result::Loaded, std::move(mending.candidate()), std::move(as_on_disk));
    }
    auto mended = mending.mend(as_on_disk);
    LoadedRulebook done;
    if (mended.rulebook) {
        const bool is_news =
            rulebook_hash(mending.candidate().files) != rulebook_hash(last_good.files) || mended.samples != last_good.samples;
        if (is_news) done = loaded(LoadedRulebook::Result::Partial, std::move(mending.candidate()), std::move(mended));
        done.stale = std::move(mending.stale());
    }
    done.diagnostics = std::move(as_on_disk.diagnostics);
    done.summary = std::move(as_on_disk.summary);
    return done;
}

LoadedRulebook restore_rulebook(const KeptRulebook& last_good, const CompileContext& context, const ParseAlert& parse) {
    Candidate candidate{last_good.files, {}};
    for (const auto& file : last_good.files) candidate.put_back.insert(file.path);
    auto trial = attempt(candidate, last_good, context, parse);
    const auto result = trial.rulebook ? LoadedRulebook::Result::Loaded : LoadedRulebook::Result::Refused;
    return loaded(result, std::move(candidate), std::move(trial));
}

}  // namespace tocsin::check
