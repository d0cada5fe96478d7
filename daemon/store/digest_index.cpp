#include "daemon/store/digest_index.hpp"

#include <algorithm>

namespace tocsin::store {

void DigestIndex::put(const Page& page) {
    if (page.digest.empty()) return;
    if (!page.is_digest()) {
        if (page.state != PageState::Digested) return let_go(page.id);
        const Held held{{page.digest, page.via}, page.incident};
        by_incident_.emplace(page.incident, page.id);
        by_digest_.emplace(held.place, page.id);
        held_.insert_or_assign(page.id, held);
        return;
    }
    const auto open = open_.find(page.person);
    const bool is_same = open != open_.end() && open->second.digest == page.digest;
    if (page.state != PageState::Pending || page.attempts > 0) {
        if (is_same) open_.erase(open);
    } else if (is_same) {
        open->second.due_at = std::min(open->second.due_at, page.due_at);
    } else {
        open_[page.person] = {page.digest, page.due_at};
    }
}

void DigestIndex::let_go(PageId id) {
    const auto found = held_.find(id);
    if (found == held_.end()) return;
    by_incident_.erase({found->second.incident, id});
    by_digest_.erase({found->second.place, id});
    held_.erase(found);
}

void DigestIndex::drop(IncidentId id) {
    while (holds(id)) let_go(by_incident_.lower_bound({id, PageId{}})->second);
}

void DigestIndex::end(const Page& digest) {
    for (const auto id : held_by(digest)) let_go(id);
}

bool DigestIndex::holds(IncidentId id) const {
    const auto first = by_incident_.lower_bound({id, PageId{}});
    return first != by_incident_.end() && first->first == id;
}

std::vector<PageId> DigestIndex::held_by(const Page& digest) const {
    const Place wanted{digest.digest, digest.via};
    std::vector<PageId> pages;
    for (auto at = by_digest_.lower_bound({wanted, PageId{}}); at != by_digest_.end() && at->first == wanted; ++at) {
        pages.push_back(at->second);
    }
    return pages;
}

std::string DigestIndex::open(std::string_view person, TimePoint now) const {
    const auto found = open_.find(std::string(person));
    return found == open_.end() || found->second.due_at <= now ? std::string() : found->second.digest;
}

}  // namespace tocsin::store
