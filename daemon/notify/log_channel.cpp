#include "daemon/notify/log_channel.hpp"

#include <utility>

#include "daemon/notify/settings_check.hpp"

namespace tocsin::notify {
namespace {

class LogChannel final : public Channel {
public:
    explicit LogChannel(std::function<void(const Notification&)> write) : write_(std::move(write)) {}

    void send(const Notification& notification, Deadline, Notifier::OnOutcome on_outcome) override {
        write_(notification);
        on_outcome(Receipt{});
    }

private:
    std::function<void(const Notification&)> write_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_log_channel(const ChannelSettings& settings, Outside outside) {
    if (!settings.url.empty()) return Error{Errc::Invalid, "a channel of kind log has no \"url\""};
    if (!settings.secret.empty()) return Error{Errc::Invalid, "a channel of kind log has no secret"};
    if (auto checked = check_options(settings, {}); !checked) return checked.error();
    return std::unique_ptr<Channel>(std::make_unique<LogChannel>(std::move(outside.write_page)));
}

}  // namespace tocsin::notify
