// What a stretch of time was like: how soon people answered, what was noise, who was woken, which problems come back. Pure: the
// rows are read elsewhere. Drills and what is told to senders do not count.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/past.hpp"
#include "core/model/roster.hpp"

namespace tocsin::engine {

/// [from, until)
struct Stretch {
    TimePoint from;
    TimePoint until;
};

/// A mean over those of which there is a figure.
struct Mean {
    std::int64_t count = 0;
    Duration sum{};

    void add(Duration one) {
        ++count;
        sum += one;
    }
    [[nodiscard]] std::optional<Duration> value() const;
};

/// Of the incidents of one service, severity or rule.
struct Figures {
    std::int64_t incidents = 0;
    std::int64_t pages = 0;  ///< That left: delivered ones.
    std::int64_t night_pages = 0;
    std::int64_t acknowledged = 0;
    std::int64_t unanswered = 0;  ///< Paged, and over without anybody having acknowledged: noise, or worse.
    Mean to_acknowledge;          ///< MTTA, of what paged.
    Mean to_resolve;              ///< MTTR.
};

struct PersonFigures {
    std::int64_t day_pages = 0;
    std::int64_t night_pages = 0;  ///< From 22:00 to 07:00 on the person's clock.
    std::int64_t notices = 0;
};

struct Report {
    Stretch stretch;
    bool is_cut = false;  ///< More happened than was read: the oldest is left out.
    Figures all;
    std::map<std::string, Figures> services;  ///< "" for those without.
    std::map<Severity, Figures> severities;
    std::map<std::string, Figures> rules;  ///< "" for what no rule matched.
    std::map<std::string, PersonFigures> people;
};
[[nodiscard]] Report report(const Past& past, const Roster& roster, const Stretch& stretch);

/// A problem that came back: incidents of one key.
struct Problem {
    std::string key;
    std::string service;
    std::string rule;
    std::string summary;  ///< Of the last one.
    std::string runbook;  ///< Of the service; empty: nobody has written down what to do.
    std::int64_t times = 0;
    std::int64_t pages = 0;
    std::int64_t night_pages = 0;
    TimePoint last_opened_at;
    Mean open;
    std::map<Reason, std::int64_t> resolutions;
    std::string last_note;  ///< What the last person who resolved it by hand wrote, if any did.
};
struct Recurring {
    Stretch stretch;
    bool is_cut = false;
    /// Those of at least two incidents, the dearest first: by night pages, then pages, then how often.
    std::vector<Problem> problems;
};
[[nodiscard]] Recurring recurring(const Past& past, const Roster& roster, const Stretch& stretch);

}  // namespace tocsin::engine
