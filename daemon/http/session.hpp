// One connection of the server: reads a request, gives it to the handler, writes the answer, reads the next.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "daemon/http/server.hpp"

namespace boost::asio {
class io_context;
}

namespace tocsin::http {

class Session;

/// What the sessions of one server have in common; it outlives them, or closes them first.
struct SessionHost {
    ServerOptions options;
    Handler handler;
    OnRefused on_refused;
    /// The only clock that sessions look at: it counts the server's sweeps, which run while there are sessions.
    std::uint64_t tick = 0;
    std::uint64_t idle_ticks_max = 0;
    std::uint64_t request_ticks_max = 0;
    std::uint64_t drain_ticks_max = 0;
    bool is_stopping = false;

    virtual void session_closed(Session& session) = 0;
    void refused(std::string_view reason) const {
        if (on_refused) on_refused(reason);
    }

protected:
    ~SessionHost() = default;
};

/// Home: the loop's thread. May be destroyed elsewhere once it is closed.
class Session {
public:
    virtual ~Session() = default;
    virtual void start() = 0;
    /// Looks whether it has waited too long, by the host's tick.
    virtual void sweep() = 0;
    /// Closes now if it is between requests; else after the answer to the current one, as the host is stopping.
    virtual void end() = 0;
    /// Cuts the connection and forgets the host. An answer that comes later is dropped.
    virtual void close() = 0;
};

struct AcceptedSocket {
    int fd = -1;  ///< Connected, not blocking; belongs to the session from now on.
    bool is_v6 = false;
    std::string remote;
};

[[nodiscard]] std::shared_ptr<Session> make_session(boost::asio::io_context& context, SessionHost& host, AcceptedSocket socket);

}  // namespace tocsin::http
