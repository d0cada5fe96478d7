#include "daemon/app/application.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/assert.hpp"
#include "core/base/limits.hpp"
#include "core/runtime/engine_loop.hpp"
#include "core/runtime/outbox.hpp"
#include "daemon/api/key_ring.hpp"
#include "daemon/api/keys.hpp"
#include "daemon/api/router.hpp"
#include "daemon/app/beat.hpp"
#include "daemon/app/channels.hpp"
#include "daemon/app/contact_verifier.hpp"
#include "daemon/app/health.hpp"
#include "daemon/app/metrics_options.hpp"
#include "daemon/app/notices.hpp"
#include "daemon/app/own_heartbeat.hpp"
#include "daemon/app/report_gauges.hpp"
#include "daemon/app/retention.hpp"
#include "daemon/app/rulebook_alerts.hpp"
#include "daemon/app/rulebook_holder.hpp"
#include "daemon/app/rulebook_watch.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/app/systemd.hpp"
#include "daemon/app/worker.hpp"
#include "daemon/http/client.hpp"
#include "daemon/http/loop.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/notify/channel.hpp"
#include "daemon/notify/reply.hpp"
#include "daemon/notify/smtp_client.hpp"
#include "daemon/observe/log.hpp"
#include "daemon/observe/probe.hpp"
#include "daemon/opsgenie/door.hpp"
#include "daemon/store/contact_book.hpp"
#include "daemon/store/key_book.hpp"
#include "daemon/store/sqlite_store.hpp"

namespace tocsin::app {
namespace {

/// How late it may be known when a key was used.
constexpr Duration kKeepKeyUses = std::chrono::minutes{1};
/// After the store refused what tocsin said of itself.
constexpr Duration kSayAgain = std::chrono::seconds{5};

/// Members are built in this order and destroyed in reverse: everything refers only to what stands above it.
class Application {
public:
    Application(const config::Settings& settings, store::SqliteStores stores)
        : settings_(settings),
          stores_(std::move(stores)),
          metrics_(metrics_options(settings, version())),
          observed_(metrics_),
          probe_(observed_, clock_),
          post_([this](std::function<void()> what) { loop_.post(std::move(what)); }),
          after_([this](Duration delay, auto what) { loop_.after(delay, std::move(what)); }),
          run_blocking_([this](auto work, auto done) { worker_.run(std::move(work), std::move(done)); }),
          rulebook_worker_(post_),
          calendars_(settings, metrics_, clock_,
                     {.after = after_, .post = post_, .on_change = [this] { reload([](const auto&) {}); }}),
          rulebook_(settings, metrics_, clock_, calendars_, [this](auto rulebook) { retire(std::move(rulebook)); }),
          client_(loop_, http::ClientOptions{.ca_file = settings.ca_file}),
          smtp_client_(sends_mail(settings)
                           ? std::make_unique<notify::SmtpClient>(post_, notify::SmtpClient::Options{.ca_file = settings.ca_file})
                           : nullptr),
          outbox_(notifiers_, probe_, clock_, post_, [this](runtime::AttemptMessage attempt) { report(std::move(attempt)); }),
          engine_(*stores_.store, outbox_, probe_, clock_, [this] { return roster(); }, post_,
                  {settings.node, random_seed(), [this](auto arrangements) { arranged(std::move(arrangements)); },
                   [this](const Alert& alert, const Verdict& verdict, TimePoint now) {
                       return rulebook_.current()->silencing(alert, verdict, now);
                   },
                   two_way_of(settings)}),
          worker_(post_),
          contact_book_(store::contact_book(stores_)),
          key_book_(store::key_book(stores_)),
          contact_verifier_({notifiers_, *contact_book_, clock_, [this] { return rulebook_.current(); }, run_blocking_}),
          pruned_store_(store::another_store(stores_)),
          retention_(settings.keep, *pruned_store_, clock_, {.after = after_, .run_blocking = run_blocking_}),
          notices_(notices_outside()),
          rulebook_watch_(loop_, settings.rulebook_directory, [this] { reload([](const auto&) {}); }),
          own_heartbeat_settings_(settings.heartbeat.value_or(config::OwnHeartbeatSettings{})),
          own_heartbeat_(own_heartbeat_settings_, clock_, metrics_, own_heartbeat_outside()),
          report_gauges_(*stores_.reader, clock_, metrics_,
                         {.after = after_, .run_blocking = run_blocking_, .rulebook = [this] { return rulebook_.current(); }}),
          rulebook_alerts_([this](const intake::OwnAlert& alert) { send(alert); }),
          services_(make_services()),
          server_(loop_, server_options(settings),
                  opsgenie::in_front_of(services_, *stores_.dossiers, api::make_router(services_)),
                  [this](std::string_view reason) { metrics_.http_refused(reason); }) {}

    /// The workers stop first: what they do needs the members below theirs.
    ~Application() {
        calendars_.stop();
        worker_.stop();
        rulebook_worker_.stop();
    }
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    Result<void> start();
    void run();

private:
    static http::ServerOptions server_options(const config::Settings& settings) {
        http::ServerOptions options;
        options.address = settings.address;
        options.port = settings.port;
        options.body_bytes_max = settings.body_bytes_max;
        options.connections_max = settings.connections_max;
        return options;
    }

    [[nodiscard]] std::shared_ptr<const Roster> roster() const {
        auto rulebook = rulebook_.current();
        const auto* roster = &rulebook->roster();
        return {std::move(rulebook), roster};
    }

    void report(runtime::AttemptMessage attempt) {
        // Refused only once the engine has stopped: the page keeps its lease and is sent again by whoever starts next.
        (void)engine_.mailbox().post_always({std::move(attempt), {}});
    }

    api::Services make_services() {
        return {.settings = settings_,
                .clock = clock_,
                .rng = rng_,
                .mailbox = engine_.mailbox(),
                .reader = *stores_.reader,
                .contact_book = *contact_book_,
                .key_book = *key_book_,
                .keys = keys_,
                .metrics = metrics_,
                .rulebook = [this] { return rulebook_.current(); },
                .rulebook_status = [this] { return rulebook_.status(); },
                .run_blocking = run_blocking_,
                .verify = [this](const api::ContactProof& proof, auto done) { verify(proof, std::move(done)); },
                .reload = [this](auto done) { reload(std::move(done)); },
                .check_reply =
                    [this](const std::string& to) {
                        return notify::allowed_reply(to, settings_.replies.hosts, settings_.replies.domains);
                    },
                .is_ready = [this] { return !is_stopping_ && probe_.commits_succeed(); }};
    }

    void verify(const api::ContactProof& proof, ContactVerifier::OnDone done) {
        const ContactVerifier::ContactName name{proof.person, proof.contact};
        if (proof.code.empty()) return contact_verifier_.send_code(name, std::move(done));
        contact_verifier_.give_code(name, proof.code, std::move(done));
    }

    ChannelsOutside channels_outside() {
        return {settings_, client_, smtp_client_.get(), clock_, version(), [this] { return rulebook_.current(); }};
    }
    OwnHeartbeat::Outside own_heartbeat_outside();
    Notices::Outside notices_outside() {
        return {.clock = clock_,
                .reader = *stores_.reader,
                .told_before = settings_.silences.told_before,
                .rulebook = [this] { return rulebook_.current(); },
                .arrangements = [this] { return rulebook_.arrangements(); },
                .after = after_,
                .run_blocking = run_blocking_,
                // Refused by the store or the mailbox: looked for again soon.
                .send =
                    [this](auto message) {
                        (void)engine_.mailbox().post_always({std::move(message), {}});
                    }};
    }

    void reload(std::function<void(api::ReloadOutcome)> done);
    void retire(std::shared_ptr<const Rulebook> rulebook);
    void expect_watches();
    void watch_rulebook();
    void arranged(std::shared_ptr<const Arrangements> arrangements);
    void send(const intake::OwnAlert& alert);
    void on_signal(int signal);
    void begin_to_stop();
    void feed_watchdog();
    void keep_key_uses();
    /// Whether the engine thread is alive: it answers a question.
    void ask_engine(std::function<void()> on_alive);

    const config::Settings& settings_;
    SystemClock clock_;
    Rng rng_{random_seed()};
    store::SqliteStores stores_;
    observe::Metrics metrics_;
    observe::ObservedProbe observed_;
    HealthProbe probe_;
    http::Loop loop_;
    runtime::EngineLoop::Post post_;
    std::function<void(Duration delay, std::function<void()> what)> after_;
    std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking_;
    Worker rulebook_worker_;
    Calendars calendars_;
    RulebookHolder rulebook_;
    http::Client client_;
    const std::unique_ptr<notify::SmtpClient> smtp_client_;  ///< Null if there is no mail channel.
    notify::Notifiers notifiers_;
    runtime::Outbox outbox_;
    runtime::EngineLoop engine_;
    bool is_stopping_ = false;
    Worker worker_;
    std::unique_ptr<ContactBook> contact_book_;
    std::unique_ptr<KeyBook> key_book_;
    api::KeyRing keys_;
    ContactVerifier contact_verifier_;
    std::unique_ptr<Store> pruned_store_;
    Retention retention_;
    Notices notices_;
    RulebookWatch rulebook_watch_;
    const config::OwnHeartbeatSettings own_heartbeat_settings_;
    OwnHeartbeat own_heartbeat_;
    ReportGauges report_gauges_;
    RulebookAlerts rulebook_alerts_;
    api::Services services_;
    http::Server server_;
};

OwnHeartbeat::Outside Application::own_heartbeat_outside() {
    return {.after = after_,
            .ask_engine = [this](auto on_alive) { ask_engine(std::move(on_alive)); },
            .read_outbox =
                [this](auto on_read) {
                    auto oldest = std::make_shared<Result<std::optional<TimePoint>>>(std::nullopt);
                    worker_.run(
                        [this, oldest] {
                            const auto outbox = stores_.reader->outbox(clock_.now());
                            *oldest = outbox ? Result<std::optional<TimePoint>>{outbox->oldest_due_at}
                                             : Result<std::optional<TimePoint>>{outbox.error()};
                        },
                        [oldest, on_read = std::move(on_read)] { on_read(*oldest); });
                },
            .commits_succeed = [this] { return probe_.commits_succeed(); },
            .send = [this](auto on_sent) { send_beat(client_, own_heartbeat_settings_.url, clock_, std::move(on_sent)); }};
}

Result<void> Application::start() {
    const auto loaded = rulebook_.load();
    if (!rulebook_.current()) {
        return Error{Errc::Invalid, fmt::format("the rulebook has mistakes ({}):\n{}", loaded.summary, loaded.diagnostics)};
    }
    if (auto added = add_channels(channels_outside(), notifiers_); !added) return added.error();
    auto keys = key_book_->keys();
    if (!keys) return keys.error();
    keys_.hold(std::move(*keys));
    if (auto started = engine_.start(); !started) return started.error();
    if (auto listening = server_.listen(); !listening) return listening.error();
    loop_.on_signals({SIGTERM, SIGINT, SIGHUP}, [this](int signal) { on_signal(signal); });
    log::info(log::Event::Started, "",
              {{"version", version()}, {"node", settings_.node}, {"rulebook", loaded.hash}, {"data", settings_.data_directory}});
    log::info(log::Event::Listening, "", {{"address", settings_.address}, {"port", server_.port()}});
    watch_rulebook();
    calendars_.begin();
    retention_.begin();
    report_gauges_.begin();
    keep_key_uses();
    if (settings_.heartbeat) own_heartbeat_.begin();
    notices_.look();
    systemd::ready(fmt::format("listening on {}:{}", settings_.address, server_.port()));
    feed_watchdog();
    return {};
}

void Application::run() {
    std::thread engine_thread{[this] { engine_.run(); }};
    loop_.run();
    engine_.mailbox().close();
    engine_thread.join();
    log::info(log::Event::Stopped, "");
}

void Application::on_signal(int signal) {
    if (signal == SIGHUP) {
        systemd::reloading(clock_.monotonic());
        return reload([](const api::ReloadOutcome& outcome) { systemd::ready("rulebook " + outcome.hash); });
    }
    if (is_stopping_) std::_Exit(EXIT_FAILURE);  // Nothing is lost: what was accepted is committed.
    begin_to_stop();
}

void Application::reload(std::function<void(api::ReloadOutcome)> done) {
    auto outcome = std::make_shared<api::ReloadOutcome>();
    rulebook_worker_.run([this, outcome] { *outcome = rulebook_.load(); },
                         [this, outcome, done = std::move(done)] {
                             rulebook_alerts_.tell(rulebook_.status());
                             expect_watches();
                             notices_.look();
                             done(std::move(*outcome));
                         });
}

/// The heartbeats and drills of the rulebook in force.
void Application::expect_watches() {
    using Why = runtime::WatchesMessage::Why;
    (void)engine_.mailbox().post_always({runtime::WatchesMessage{Why::RulebookChanged}, {}});  // Refused only while stopping.
}

void Application::watch_rulebook() {
    rulebook_alerts_.remember(*stores_.reader);
    rulebook_alerts_.tell(rulebook_.status());
    if (!settings_.is_rulebook_watched) return;
    if (auto begun = rulebook_watch_.begin(); !begun) log::error(log::Event::RulebookNotWatched, begun.error().message());
}

/// On the engine thread, but at the start.
void Application::arranged(std::shared_ptr<const Arrangements> arrangements) {
    rulebook_.arrange(std::move(arrangements));
    post_([this] { notices_.look(); });  // An override may begin sooner than it was to be looked again.
}

/// Into the mailbox as if a sender had posted it, whatever waits there: it comes from a person's reload, and rarely.
void Application::send(const intake::OwnAlert& alert) {
    auto parsed = intake::parse(intake::kOwnSource, intake::kOwnSource, intake::own_payload(alert));
    TOCSIN_ASSERT(parsed && parsed->arrivals.size() == 1, "what tocsin says of itself is an alert");
    runtime::AlertMessage message;
    auto& arrival = parsed->arrivals.front();
    message.verdict = rulebook_.current()->classify(arrival.fields, clock_.now());
    metrics_.rule_matched(message.verdict.rule_index);
    message.alert = std::move(arrival.alert);
    message.payload = std::move(parsed->payload);
    message.trace = new_trace_id(rng_);
    const auto again = [this, alert](const Result<runtime::Answer>& answer) {
        if (!answer) loop_.after(kSayAgain, [this, alert] { send(alert); });
    };
    (void)engine_.mailbox().post_always({std::move(message), again});  // Refused only while stopping: the next life says it.
}

/// From any thread.
void Application::retire(std::shared_ptr<const Rulebook> rulebook) {
    rulebook_worker_.run([rulebook = std::move(rulebook)]() mutable { rulebook.reset(); }, [] {});
}

/// Accept no more; let requests under way have their commit; let pages under way have their answer; then end. The drain deadline
/// bounds all of it.
void Application::begin_to_stop() {
    is_stopping_ = true;
    systemd::stopping();
    log::info(log::Event::Stopping, "", {{"drain", format_duration(settings_.drain_max)}});
    loop_.after(settings_.drain_max, [this] { loop_.stop(); });
    server_.stop([this] {
        outbox_.stop([this] {
            // The outcomes of the last pages are in the mailbox: they are committed before it closes.
            ask_engine([this] { loop_.stop(); });
        });
    });
}

void Application::ask_engine(std::function<void()> on_alive) {
    runtime::ActionMessage nothing{IncidentId{}, engine::Woke{}};
    runtime::Message question{std::move(nothing), [on_alive = std::move(on_alive)](const auto&) { on_alive(); }};
    (void)engine_.mailbox().post_always(std::move(question));
}

void Application::keep_key_uses() {
    api::keep_key_uses(services_);
    loop_.after(kKeepKeyUses, [this] { keep_key_uses(); });
}

void Application::feed_watchdog() {
    const auto interval = systemd::watchdog_interval();
    if (!interval) return;
    ask_engine([] { systemd::alive(); });  // Both threads took part in the answer.
    loop_.after(*interval, [this] { feed_watchdog(); });
}

}  // namespace

Result<void> run_daemon(const config::Settings& settings) {
    std::error_code ec;
    std::filesystem::create_directory(settings.data_directory, ec);  // If it cannot be had, opening the database says why.
    auto stores = store::open_sqlite({.directory = settings.data_directory, .on_trouble = [](const Error& error) {
                                          log::error(log::Event::StoreFailed, error.message());
                                      }});
    if (!stores) return stores.error().in("opening the database");
    log::info(log::Event::StoreOpened, "", {{"data", settings.data_directory}});
    Application application{settings, std::move(*stores)};
    if (auto started = application.start(); !started) return started.error();
    application.run();
    return {};
}

}  // namespace tocsin::app
