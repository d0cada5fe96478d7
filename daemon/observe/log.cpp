#include "daemon/observe/log.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "daemon/observe/log_line.hpp"

namespace tocsin::log {
namespace {

constexpr std::array kLevelNames{
    std::pair{Level::Debug, "debug"}, std::pair{Level::Info, "info"},         std::pair{Level::Warning, "warning"},
    std::pair{Level::Error, "error"}, std::pair{Level::Critical, "critical"},
};
constexpr std::array kFormatNames{
    std::pair{Format::Text, "text"},
    std::pair{Format::Json, "json"},
    std::pair{Format::Journald, "journald"},
};

template <class Table>
auto find_by_name(const Table& table, std::string_view text) -> std::optional<decltype(table[0].first)> {
    for (const auto& [value, name] : table) {
        if (name == text) return value;
    }
    return {};
}

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::Debug: return spdlog::level::debug;
        case Level::Info: return spdlog::level::info;
        case Level::Warning: return spdlog::level::warn;
        case Level::Error: return spdlog::level::err;
        case Level::Critical: return spdlog::level::critical;
    }
    return spdlog::level::info;
}

std::string_view pattern(Format format) {
    switch (format) {
        case Format::Text: return "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
        case Format::Json: return R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";
        case Format::Journald: return "%v";
    }
    return "%v";
}

/// Hands formatted lines to a function. base_sink's mutex makes it one at a time.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FunctionSink(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        write_(std::string_view(line.data(), line.size()));
    }
    void flush_() override {}

    std::function<void(std::string_view)> write_;
};

spdlog::sink_ptr make_sink(const Options& options) {
    spdlog::sink_ptr sink;
    if (options.write) {
        sink = std::make_shared<FunctionSink>(options.write);
    } else {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    sink->set_formatter(
        std::make_unique<spdlog::pattern_formatter>(std::string(pattern(options.format)), spdlog::pattern_time_type::utc));
    return sink;
}

/// One sink, two ways to it. `later` is absent where there is no queue.
struct Backend {
    Format format = Format::Text;
    std::unique_ptr<spdlog::logger> at_once;
    std::shared_ptr<spdlog::logger> later;                 // Shared: an asynchronous logger hands itself to its writer.
    std::shared_ptr<spdlog::details::thread_pool> writer;  // Last: joined before what its thread uses goes away.
};

Backend make_unqueued(const Options& options) {
    Backend backend;
    backend.format = options.format;
    backend.at_once = std::make_unique<spdlog::logger>("tocsin", make_sink(options));
    backend.at_once->set_level(spdlog::level::trace);  // The level is ours, see `lowest_level`.
    return backend;
}

Backend& unstarted() {
    static Backend backend = make_unqueued(Options{});
    return backend;
}

std::atomic<Level> lowest_level{Level::Warning};
std::unique_ptr<Backend> started;
std::atomic<Backend*> current{nullptr};

}  // namespace

std::string_view to_string(Level of) {
    for (const auto& [value, name] : kLevelNames) {
        if (value == of) return name;
    }
    return "info";
}

std::optional<Level> parse_level(std::string_view text) { return find_by_name(kLevelNames, text); }

std::optional<Format> parse_format(std::string_view text) { return find_by_name(kFormatNames, text); }

Result<void> start(Options options) {
    stop();
    try {
        auto backend = std::make_unique<Backend>(make_unqueued(options));
        backend->writer = std::make_shared<spdlog::details::thread_pool>(options.lines_max, 1);
        backend->later = std::make_shared<spdlog::async_logger>("tocsin", backend->at_once->sinks().front(), backend->writer,
                                                                spdlog::async_overflow_policy::overrun_oldest);
        backend->later->set_level(spdlog::level::trace);
        started = std::move(backend);
    } catch (const std::exception& e) {
        return Error{Errc::Internal, e.what()}.in("starting the log");
    }
    lowest_level.store(options.level, std::memory_order_relaxed);
    current.store(started.get(), std::memory_order_release);
    return {};
}

void stop() {
    current.store(nullptr, std::memory_order_release);
    lowest_level.store(Level::Warning, std::memory_order_relaxed);
    started.reset();  // The writer's destructor writes what waits, then joins its thread.
}

void set_level(Level to) { lowest_level.store(to, std::memory_order_relaxed); }

bool is_on(Level of) { return of >= lowest_level.load(std::memory_order_relaxed); }

std::uint64_t dropped() {
    const auto* backend = current.load(std::memory_order_acquire);
    return backend == nullptr ? 0 : backend->writer->overrun_counter();
}

void write(Level of, Event event, std::string_view message, std::initializer_list<Field> fields) {
    if (!is_on(of)) return;
    auto* backend = current.load(std::memory_order_acquire);
    if (backend == nullptr) backend = &unstarted();
    const Line line{of, event, message, fields};
    auto& logger = of == Level::Critical || !backend->later ? *backend->at_once : *backend->later;
    const auto text = format_line(backend->format, line);
    logger.log(spdlog_level(of), spdlog::string_view_t(text.data(), text.size()));
}

void debug(Event event, std::string_view message, std::initializer_list<Field> fields) {
    write(Level::Debug, event, message, fields);
}
void info(Event event, std::string_view message, std::initializer_list<Field> fields) {
    write(Level::Info, event, message, fields);
}
void warning(Event event, std::string_view message, std::initializer_list<Field> fields) {
    write(Level::Warning, event, message, fields);
}
void error(Event event, std::string_view message, std::initializer_list<Field> fields) {
    write(Level::Error, event, message, fields);
}
void critical(Event event, std::string_view message, std::initializer_list<Field> fields) {
    write(Level::Critical, event, message, fields);
}

}  // namespace tocsin::log
