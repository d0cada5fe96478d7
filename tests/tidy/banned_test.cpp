// Words that must not stand in certain places, each with what to say instead.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy::banned_test {
namespace {

const std::vector<std::string> kAllCode{"core", "rules", "daemon", "tests"};

/// One word that is banned in the code of the files under `where`, but not under `except`.
struct Ban {
    std::string banned;
    std::string say_instead;
    std::vector<std::string> except{};
    std::vector<std::string> where = kAllCode;
    std::string but_not{};  ///< What may be said although the banned word stands in it.
};

/// Where the real clock and real randomness come in; everything else gets them as an argument.
const std::vector<std::string> kClocks{"daemon/app/system_clock.cpp", "tests/support/stopwatch.cpp", "tests/bench"};

const std::vector<Ban>& banned_in_code() {
    static const std::string kTime =
        "time is an argument; at the edge ask core/ports/clock.hpp (a test of the real program: "
        "tests/support/stopwatch.hpp)";
    static const std::string kRandom = "take an Rng (core/base/rng.hpp); its seed is drawn once, in daemon/app";
    static const std::vector<Ban> kBans{
        {"::now()", kTime, kClocks, kAllCode, "Retry::now()"},
        {"clock_gettime(", kTime, kClocks},
        {"gettimeofday(", kTime, kClocks},
        {"time(nullptr)", kTime, kClocks},
        {"sleep_for", "wait for what you wait for: a condition variable, poll() on a descriptor, or a due time in the store"},
        {"sleep_until", "wait for what you wait for: a condition variable, poll() on a descriptor, or a due time in the store"},
        {"usleep(", "wait for what you wait for: a condition variable or poll() on a descriptor"},
        {"rand(", kRandom},
        {"random_device", kRandom, {"daemon/app"}},
        {"mt19937", kRandom},
        {"std::regex", "RE2 through rules/match, or find(): std::regex takes exponential time"},
        {"detached", "a task has an owner that waits for it", {"daemon/http"}},
        {"co_spawn", "callbacks on http::Loop; coroutines stay inside daemon/http", {"daemon/http"}},
        {"steady_timer", "http::Loop::after()", {"daemon/http"}},
        {"catch (...)", "catch const std::exception& in the adapter and make it an Error"},
        {"std::cout", "the log of daemon/observe; only commands print", {"daemon/cli", "tests"}},
        {"assert(", "TOCSIN_ASSERT, which is on in release too"},
    };
    return kBans;
}

const std::vector<Ban>& banned_in_headers() {
    static const std::vector<Ban> kBans{
        {"using namespace", "write the namespace, or a using declaration inside a function"},
    };
    return kBans;
}

/// In the text of string literals, and in .sql files, without regard to case.
const std::vector<Ban>& banned_in_sql() {
    static const std::string kBind = "bind the time as a parameter: a test must be able to say what time it is";
    static const std::vector<Ban> kBans{
        {"now()", kBind, {}, {"daemon"}},
        {"current_timestamp", kBind, {}, {"daemon"}},
        {"datetime('", kBind, {}, {"daemon"}},
        {"strftime('", kBind, {}, {"daemon"}},
    };
    return kBans;
}

bool stands_in(std::string line, const Ban& ban) {
    while (!ban.but_not.empty() && line.find(ban.but_not) != std::string::npos)
        line.erase(line.find(ban.but_not), ban.but_not.size());
    return find_words(line, ban.banned) != std::string::npos;
}

void expect_none(const std::vector<Ban>& bans, std::string_view path, const std::vector<std::string>& lines) {
    for (const auto& ban : bans) {
        if (!is_in(path, ban.where) || is_in(path, ban.except)) continue;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (!stands_in(lines[i], ban)) continue;
            ADD_FAILURE() << place(path, i + 1) << ": `" << ban.banned << "` is banned here; say instead: " << ban.say_instead;
        }
    }
}

std::vector<std::string> in_lower_case(std::vector<std::string> lines) {
    for (auto& line : lines) {
        std::transform(line.begin(), line.end(), line.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    }
    return lines;
}

TEST(Tidy, BannedWordsAreNotInTheCode) {
    for (const auto& source : sources()) expect_none(banned_in_code(), source.path, source.split.code);
}

TEST(Tidy, BannedWordsAreNotInHeaders) {
    for (const auto& source : sources()) {
        if (source.is_header()) expect_none(banned_in_headers(), source.path, source.split.code);
    }
}

TEST(Tidy, SqlDoesNotAskForTheTime) {
    for (const auto& source : sources()) expect_none(banned_in_sql(), source.path, in_lower_case(source.split.literals));
    for (const auto& file : text_files()) {
        if (file.path.ends_with(".sql")) expect_none(banned_in_sql(), file.path, in_lower_case(file.lines));
    }
}

/// g++ 12 destroys a braced aggregate temporary, and the captures of a lambda temporary, twice if they stand in one expression
/// with co_await. A heuristic that sees one line.
TEST(Tidy, NothingIsBuiltInsideAnExpressionWithCoAwait) {
    for (const auto& source : sources()) {
        for (std::size_t i = 0; i < source.split.code.size(); ++i) {
            const auto& line = source.split.code[i];
            if (find_words(line, "co_await") == std::string::npos) continue;
            const auto capture = line.find('[');
            const bool captures = capture != std::string::npos && line.find(" = ", capture) < line.find(']', capture);
            if (line.find("({") == std::string::npos && !captures) continue;
            ADD_FAILURE() << place(source.path, i + 1) << ": g++ 12 frees this temporary twice; name it before the co_await";
        }
    }
}

TEST(Tidy, ReminderCommentsNameAnIssue) {
    for (const auto& source : sources()) {
        for (std::size_t i = 0; i < source.split.comments.size(); ++i) {
            const auto& comment = source.split.comments[i];
            for (const std::string word : {"TODO", "FIXME", "XXX"}) {
                const auto at = find_words(comment, word);
                if (at == std::string::npos || comment.substr(at + word.size()).starts_with("(#")) continue;
                ADD_FAILURE() << place(source.path, i + 1) << ": " << word << " without an issue; do it now, or write " << word
                              << "(#123)";
            }
        }
    }
}

/// What only the machine that something was written on knows.
TEST(Tidy, NoPathPointsOutOfTheTree) {
    const std::vector<std::string> outside{std::string("/wo") + "rk/main", std::string("/wo") + "rk/shared",
                                           std::string("/wo") + "rk/build", std::string("../sha") + "red"};
    for (const auto& file : text_files()) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const auto& path : outside) {
                if (file.lines[i].find(path) == std::string::npos) continue;
                ADD_FAILURE() << place(file.path, i + 1) << ": " << path
                              << " is outside of the tree; copy what is needed into it";
            }
        }
    }
}

}  // namespace
}  // namespace tocsin::tidy::banned_test
