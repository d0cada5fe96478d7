// What a batch makes of overrides and silences that people arrange, and of what is told once.
#include <fmt/format.h>

#include <algorithm>

#include "core/runtime/batch.hpp"

namespace tocsin::runtime {
namespace {

template <class Made>
void replace(std::vector<Made>& all, const Made& made) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Made& one) { return one.id == made.id; });
    if (found == all.end()) {
        all.push_back(made);
    } else {
        *found = made;
    }
}

/// Several changes of one batch to one arrangement are one row.
template <class Made>
void write_once(std::vector<Made>& writes, const Made& made) {
    replace(writes, made);
}

ArrangementId next_id(Arrangements& arranged) { return arranged.last_id = {arranged.last_id.value + 1}; }

/// With the name of a silence that had none when it was judged.
std::optional<Silencing> named(std::optional<Silencing> silencing, const std::string& name) {
    if (!silencing) return silencing;
    if (silencing->silence.empty()) silencing->silence = name;
    for (auto& also : silencing->also) {
        if (also.empty()) also = name;
    }
    return silencing;
}

void add_ids(const std::vector<JudgedIncident>& judged, std::vector<IncidentRef>& refs) {
    for (const auto& one : judged) refs.push_back({{}, one.id, {}, {}});
}

}  // namespace

void add_refs(const ArrangeMessage& message, std::vector<IncidentRef>& refs) {
    if (const auto* make = std::get_if<MakeSilence>(&message.what)) add_ids(make->judged, refs);
    if (const auto* extend = std::get_if<ExtendSilence>(&message.what)) add_ids(extend->judged, refs);
    if (std::holds_alternative<MakeOverrides>(message.what) || std::holds_alternative<EndOverride>(message.what)) {
        refs.emplace_back().all = IncidentRef::All::HandOvers;
    }
    const auto* end = std::get_if<EndSilence>(&message.what);
    if (end == nullptr) return;
    add_ids(end->judged, refs);
    refs.push_back({.key = {}, .id = {}, .source = {}, .alert_key = {}, .silence = end->name});
}

Result<Answer> Batch::apply_arrangement(ArrangeMessage& message) {
    return std::visit([this](auto& what) { return arrange(what); }, message.what);
}

Arrangements& Batch::changed_arrangements() {
    if (arranged_) return *arranged_;
    arranged_ = context_.arrangements;
    const auto now = context_.now;
    std::erase_if(arranged_->overrides, [now](const MadeOverride& made) { return made.until <= now - kPastOverridesKnown; });
    std::erase_if(arranged_->silences, [now](const MadeSilence& made) { return !made.is_to_come(now); });
    return *arranged_;
}

Result<Answer> Batch::arrange(MakeOverrides& make) {
    auto& arranged = changed_arrangements();
    Answer answer;
    for (auto& made : make.overrides) {
        made.id = next_id(arranged);
        made.origin.made_at = context_.now;
        answer.made.push_back(made.id);
        arranged.overrides.push_back(made);
        writes_.overrides.push_back(std::move(made));
    }
    look_at_hand_overs();
    return answer;
}

Result<Answer> Batch::arrange(const EndOverride& end) {
    const auto* found = arrangements().override_of(end.id);
    if (found == nullptr || found->origin.ended_at || found->until <= context_.now) {
        return Error{Errc::NotFound, fmt::format("there is no override {} that holds or is to come", end.id.value)};
    }
    auto made = *found;
    made.origin.ended_at = context_.now;
    made.origin.ended_by = end.by;
    replace(changed_arrangements().overrides, made);
    write_once(writes_.overrides, made);
    look_at_hand_overs();
    return Answer{{}, {made.id}};
}

void Batch::look_at_hand_overs() {
    for (auto& work : works_) {
        if (work.incident.is_open() && work.incident.hand_over_due_at) advance(work, engine::ShiftsChanged{});
    }
}

Result<MadeSilence> Batch::standing_silence(ArrangementId id) const {
    const auto* found = arrangements().silence(id);
    if (found != nullptr && found->is_to_come(context_.now)) return *found;
    return Error{Errc::NotFound, fmt::format("there is no silence {} that holds or is to come", id.value)};
}

void Batch::write(const MadeSilence& made) {
    replace(changed_arrangements().silences, made);
    write_once(writes_.silences, made);
}

Result<Answer> Batch::arrange(MakeSilence& make) {
    auto& made = make.silence;
    made.id = next_id(changed_arrangements());
    made.origin.made_at = context_.now;
    write(made);
    apply_judgements(made, make.judged, made.origin.made_by);
    return Answer{{}, {made.id}};
}

Result<Answer> Batch::arrange(const EndSilence& end) {
    auto made = standing_silence(end.id);
    if (!made) return made.error();
    made->origin.ended_at = context_.now;
    made->origin.ended_by = end.by;
    write(*made);
    apply_judgements(*made, end.judged, end.by);
    lift(*made, end.by);
    return Answer{{}, {made->id}};
}

Result<Answer> Batch::arrange(const ExtendSilence& extend) {
    auto made = standing_silence(extend.id);
    if (!made) return made.error();
    made->until = extend.until;
    made->origin.reason += fmt::format("; until {} by {}", format_utc(extend.until), extend.by);
    write(*made);
    apply_judgements(*made, extend.judged, extend.by);
    return Answer{{}, {made->id}};
}

Result<Answer> Batch::arrange(Tell& tell) {
    if (arrangements().was_told(tell.told)) return Answer{};
    changed_arrangements().told.insert_or_assign(tell.told.what, tell.told.of);
    std::erase_if(writes_.told, [&](const Told& told) { return told.what == tell.told.what; });
    writes_.told.push_back(tell.told);
    std::move(tell.pages.begin(), tell.pages.end(), std::back_inserter(writes_.pages));
    return Answer{};
}

void Batch::apply_judgements(const MadeSilence& made, const std::vector<JudgedIncident>& judged, const std::string& by) {
    for (const auto& one : judged) {
        auto* work = find(one.id);
        if (work == nullptr || !work->incident.is_open() || work->incident.alerts != one.alerts) continue;
        advance(*work, engine::SilenceChanged{by, made.name(), named(one.silencing, made.name())});
    }
}

void Batch::lift(const MadeSilence& made, const std::string& by) {
    for (auto& work : works_) {
        const bool is_left = work.incident.is_open() && work.incident.is_silenced_by(made.name());
        if (is_left) advance(work, engine::SilenceChanged{by, made.name(), {}});
    }
}

void Batch::drop_ended_silence(Verdict& verdict) const {
    if (!verdict.silenced) return;
    const auto is_ended = [this](const std::string& name) {
        const auto id = made_silence(name);
        const auto* made = id ? arrangements().silence(*id) : nullptr;
        return id && (made == nullptr || made->origin.ended_at);
    };
    const auto& also = verdict.silenced->also;
    if (is_ended(verdict.silenced->silence) || std::any_of(also.begin(), also.end(), is_ended)) verdict.silenced.reset();
}

}  // namespace tocsin::runtime
