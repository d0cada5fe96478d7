#include "tests/support/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/stopwatch.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test {
namespace {

constexpr mode_t kFileMode = 0600;

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> environment_with(const std::vector<std::string>& more) {
    std::vector<std::string> all = more;
    for (auto** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view ours(*entry);
        const auto name = ours.substr(0, ours.find('=') + 1);
        if (std::none_of(more.begin(), more.end(), [name](const auto& one) { return one.starts_with(name); })) {
            all.emplace_back(ours);
        }
    }
    return all;
}

const char* or_nowhere(const std::string& path) { return path.empty() ? "/dev/null" : path.c_str(); }

/// A descriptor from which `text` can be read.
int readable(const std::string& text) {
    const int descriptor = static_cast<int>(::syscall(SYS_memfd_create, "input", 0U));
    if (::write(descriptor, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        ADD_FAILURE() << "cannot keep the input";
    ::lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

}  // namespace

Process::Process(const Command& command) {
    auto argv = command.argv;
    auto environment = environment_with(command.environment);
    const int input = readable(command.input);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    const auto append = O_WRONLY | O_CREAT | O_APPEND;
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, or_nowhere(command.out_path), append, kFileMode);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, or_nowhere(command.error_path), append, kFileMode);
    const int failed =
        ::posix_spawnp(&pid_, argv.front().c_str(), &actions, nullptr, pointers(argv).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input);
    if (failed != 0) {
        ADD_FAILURE() << "cannot start " << argv.front() << ": " << std::generic_category().message(failed);
        exit_ = Exit{};
        return;
    }
    pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0U));
}

Process::~Process() {
    if (is_running()) {
        signal(SIGKILL);
        (void)wait(std::chrono::seconds{10});  // Nothing more can be done about one that outlives SIGKILL.
    }
    if (pidfd_ >= 0) ::close(pidfd_);
}

void Process::signal(int number) const {
    if (!exit_) ::kill(pid_, number);
}

std::optional<Exit> Process::wait(Duration patience) {
    if (exit_) return exit_;
    pollfd ended{pidfd_, POLLIN, 0};
    if (::poll(&ended, 1, static_cast<int>(patience.count())) != 1) return {};
    int status = 0;
    ::waitpid(pid_, &status, 0);
    exit_ = WIFSIGNALED(status) ? Exit{-1, WTERMSIG(status)} : Exit{WEXITSTATUS(status), 0};
    return exit_;
}

bool Process::is_running() { return !wait(Duration{0}); }

std::size_t Process::resident_bytes() const {
    if (exit_) return 0;
    std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Outcome run(Command command) {
    const TempDir said;
    command.out_path = said.path("out");
    command.error_path = said.path("error");
    Process process(command);
    const auto exit = process.wait(std::chrono::minutes{1});
    if (!exit) ADD_FAILURE() << command.argv.front() << " did not end within a minute";
    return {exit.value_or(Exit{}), said.read("out"), said.read("error")};
}

bool has_program(const std::string& name) {
    const auto* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    }
    return false;
}

}  // namespace tocsin::test
