// The clauses that may hold for one alert, in order, from the many lists in which they were found.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <span>

namespace tocsin::match {

/// Lists go in, each ascending; clauses come out, ascending, each once. Long lists are walked only as far as is asked for, so
/// that a first match among many weak rules is cheap. The lists must outlive it.
class Candidates {
public:
    static constexpr std::uint32_t kEnd = UINT32_MAX;

    /// After the first next(), only what lies behind the last one that came out is taken.
    void add(std::span<const std::uint32_t> list);
    /// The next clause, or kEnd.
    [[nodiscard]] std::uint32_t next();

private:
    struct Walk {
        const std::uint32_t* at;
        const std::uint32_t* end;
    };
    void begin();
    void add_long(Walk walk);
    void compact_few();
    void compact_long();

    boost::container::small_vector<std::uint32_t, 96> few_;  ///< The clauses of short lists; sorted once next() was called.
    std::size_t few_at_ = 0;
    std::size_t compact_few_at_ = 4'096;
    boost::container::small_vector<Walk, 16> long_;  ///< A heap, the smallest clause first.
    std::size_t compact_long_at_ = 1'024;
    std::uint32_t from_ = 0;
    bool has_begun_ = false;
};

}  // namespace tocsin::match
