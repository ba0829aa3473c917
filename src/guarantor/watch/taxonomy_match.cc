#include "guarantor/watch/taxonomy_match.h"

#include <algorithm>
#include <compare>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "guarantor/watch/event_candidates.h"

namespace guarantor::watch {
namespace {

/// An event of the whole request.
struct Member {
  std::size_t table{};
  std::uint32_t event{};
  auto operator<=>(Member const&) const = default;
};

/// How badly two events agree, 0 best; nothing where a taxonomy finds no common class.
std::optional<double> misfit(CodedEvent const& a, CodedEvent const& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.classes.size(); ++k) {
    auto const& mine = a.classes[k];
    auto const& theirs = b.classes[k];
    std::size_t level = 0;
    while (level < mine.size() && mine[level] != theirs[level]) {
      ++level;
    }
    if (level == mine.size()) {
      return std::nullopt;
    }
    auto const steps = std::max<std::size_t>(1, mine.size() - 1);
    sum += static_cast<double>(level) / static_cast<double>(steps);
  }
  return a.classes.empty() ? 0 : sum / static_cast<double>(a.classes.size());
}

bool is_episode(CodedEvent const& event) {
  return event.to > event.from;
}

class TaxonomyRun {
 public:
  TaxonomyRun(std::span<std::vector<CodedEvent> const> tables, TaxonomyWindow const& window)
      : tables_{tables}, window_{window} {}

  TaxonomyMatches run() {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
      take_in(table);
    }
    return {matches(), flags()};
  }

 private:
  [[nodiscard]] CodedEvent const& event(Member member) const {
    return tables_[member.table][member.event];
  }

  [[nodiscard]] std::vector<PlacedSpan> spans(std::vector<Member> const& members) const {
    std::vector<PlacedSpan> spans;
    spans.reserve(members.size());
    for (Member const member : members) {
      auto const& one = event(member);
      spans.push_back({one.position, one.from, one.to});
    }
    return spans;
  }

  /// Those of `members` that are episodes, or that are not, in order of time.
  [[nodiscard]] std::vector<Member> only(std::vector<Member> const& members, bool episodes) const {
    std::vector<Member> chosen;
    std::ranges::copy_if(members, std::back_inserter(chosen), [&](Member const member) {
      return is_episode(event(member)) == episodes;
    });
    std::ranges::stable_sort(chosen, {}, [&](Member const member) { return event(member).from; });
    return chosen;
  }

  void take_in(std::size_t table) {
    std::vector<Member> fresh;
    for (std::uint32_t i = 0; i < tables_[table].size(); ++i) {
      fresh.push_back({table, i});
    }
    std::set<Member> dropped;
    for (bool const episodes : {false, true}) {
      pair_up(only(kept_, episodes), only(fresh, episodes), dropped);
    }
    std::ranges::copy_if(fresh, std::back_inserter(kept_),
                         [&](Member const member) { return !dropped.contains(member); });
  }

  void pair_up(std::vector<Member> const& known, std::vector<Member> const& fresh,
               std::set<Member>& dropped) {
    struct Fit {
      double misfit{};
      std::uint32_t known{};
      std::uint32_t fresh{};
      auto operator<=>(Fit const&) const = default;
    };
    std::vector<Fit> fits;
    for (EventPair const& pair : candidates(known, fresh)) {
      auto const& a = event(known[pair.a]);
      auto const& b = event(fresh[pair.b]);
      auto const fit = misfit(a, b);
      if (fit && is_near(a.from, b.from) && is_near(a.to, b.to)) {
        fits.push_back({*fit, pair.a, pair.b});
      }
    }
    std::ranges::sort(fits);
    std::set<std::uint32_t> taken;
    for (Fit const& fit : fits) {
      Member const duplicate = fresh[fit.fresh];
      if (!dropped.contains(duplicate) && taken.insert(fit.known).second) {
        dropped.insert(duplicate);
        duplicates_[known[fit.known]].push_back(duplicate);
      }
    }
  }

  [[nodiscard]] std::vector<EventPair> candidates(std::vector<Member> const& a,
                                                  std::vector<Member> const& b) const {
    return event_candidates(spans(a), spans(b), {window_.within, window_.days});
  }

  [[nodiscard]] bool is_near(model::Date a, model::Date b) const {
    auto const days = a < b ? b - a : a - b;
    return static_cast<double>(days.count()) <= window_.days.count();
  }

  [[nodiscard]] std::vector<TaxonomyMatch> matches() const {
    std::vector<std::pair<bool, std::vector<Member>>> groups;
    for (auto const& [first, others] : duplicates_) {
      std::vector<Member> members{first};
      members.insert(members.end(), others.begin(), others.end());
      groups.emplace_back(is_episode(event(first)), std::move(members));
    }
    std::ranges::sort(groups);
    std::vector<TaxonomyMatch> matches;
    for (auto const& [episode, members] : groups) {
      TaxonomyMatch match{std::vector<std::optional<std::uint32_t>>(tables_.size()), episode};
      for (Member const member : members) {
        match.members[member.table] = member.event;
      }
      matches.push_back(std::move(match));
    }
    return matches;
  }

  [[nodiscard]] std::vector<EpisodeFlag> flags() const {
    auto const events = only(kept_, false);
    auto const episodes = only(kept_, true);
    std::vector<EpisodeFlag> flags;
    for (EventPair const& pair : candidates(events, episodes)) {
      Member const single = events[pair.a];
      Member const episode = episodes[pair.b];
      if (single.table != episode.table && misfit(event(single), event(episode))) {
        flags.push_back({single.table, single.event, episode.table, episode.event});
      }
    }
    std::ranges::sort(flags, {}, [](EpisodeFlag const& flag) {
      return std::tuple{flag.event_table, flag.event, flag.episode_table, flag.episode};
    });
    return flags;
  }

  std::span<std::vector<CodedEvent> const> tables_;
  TaxonomyWindow window_;
  std::vector<Member> kept_;
  std::map<Member, std::vector<Member>> duplicates_;  ///< by what was kept
};

}  // namespace

TaxonomyMatches match_by_taxonomy(std::span<std::vector<CodedEvent> const> tables,
                                  TaxonomyWindow const& window) {
  return TaxonomyRun{tables, window}.run();
}

}  // namespace guarantor::watch
