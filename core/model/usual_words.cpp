#include "core/model/usual_words.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace tocsin {
namespace {

using Word = std::string_view;

constexpr std::array kEnds{Word{"resolved"}, Word{"resolve"},   Word{"ok"},      Word{"closed"},   Word{"close"},
                           Word{"recovery"}, Word{"recovered"}, Word{"up"},      Word{"normal"},   Word{"cleared"},
                           Word{"clear"},    Word{"healthy"},   Word{"success"}, Word{"inactive"}, Word{"done"}};
constexpr std::array kAnswers{Word{"acknowledged"}, Word{"acknowledge"}, Word{"ack"}, Word{"acked"}};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
    return std::any_of(words.begin(), words.end(), [&](auto known) { return equal_ignoring_case(word, known); });
}

}  // namespace

AlertAction action_meant(std::string_view status) {
    const auto word = trimmed(status);
    if (is_one_of(word, kEnds)) return AlertAction::Resolve;
    return is_one_of(word, kAnswers) ? AlertAction::Acknowledge : AlertAction::Fire;
}

std::string untitled(std::string_view key) { return "alert " + std::string(key); }

}  // namespace tocsin
