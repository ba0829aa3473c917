#include <algorithm>
#include <cstddef>
#include <utility>

#include "guarantor/generate/timeline_search.h"

/// Which units a move takes out together.
namespace guarantor::generate {
namespace {

constexpr std::size_t kMostTakenOut = 8;

}  // namespace

void TimelineSearch::choose_related() {
  chosen_.clear();
  switch (below(tied_groups_.empty() ? 5 : 6)) {
    case 0:
      choose_for_line();
      break;
    case 1:
      choose_present();
      break;
    case 2:
      choose_chain();
      break;
    case 3:
      choose_pledge();
      break;
    case 4:
      choose_serving();
      break;
    default:
      choose_tied();
      break;
  }
  if (chosen_.empty()) {
    chosen_.push_back(below(groups_.size()));
  }
}

/// So many of the pool, or all of it, in random order.
void TimelineSearch::choose_from_pool(std::size_t most) {
  std::size_t const count = std::min(pool_.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(pool_[i], pool_[i + below(pool_.size() - i)]);
    chosen_.push_back(pool_[i]);
  }
}

/// Units that could serve the same line: taking them out together lets them change places.
void TimelineSearch::choose_for_line() {
  pool_ = groups_of_line_[below(groups_of_line_.size())];
  choose_from_pool(1 + below(kMostTakenOut));
}

bool TimelineSearch::stands_at(Group const& group, LineIndex line, int month) const {
  return std::any_of(group.timeline.begin(), group.timeline.end(), [&](UnitTour tour) {
    Option const& option = instance_.options[tour.option];
    return option.line == line && tour.start <= month &&
           month < instance_.tour_end(option, tour.start);
  });
}

/// The units at a line in a month, and one or two that could be there.
void TimelineSearch::choose_present() {
  LineIndex const line{below(instance_.lines.size())};
  PlannedLine const& planned = instance_.lines[line];
  int const month =
      planned.from + static_cast<int>(below(static_cast<std::size_t>(planned.to - planned.from)));
  auto const& eligible = groups_of_line_[line.place];
  for (std::size_t const g : eligible) {
    if (chosen_.size() < kMostTakenOut && stands_at(groups_[g], line, month)) {
      chosen_.push_back(g);
    }
  }
  for (std::size_t more = below(3); more > 0 && !eligible.empty(); --more) {
    chosen_.push_back(eligible[below(eligible.size())]);
  }
}

/// The units that serve a line at any time, and one or two that could.
void TimelineSearch::choose_serving() {
  LineIndex const line{below(instance_.lines.size())};
  auto const& eligible = groups_of_line_[line.place];
  pool_.clear();
  for (std::size_t const g : eligible) {
    if (std::any_of(groups_[g].timeline.begin(), groups_[g].timeline.end(),
                    [&](UnitTour tour) { return instance_.options[tour.option].line == line; })) {
      pool_.push_back(g);
    }
  }
  choose_from_pool(kMostTakenOut);
  for (std::size_t more = below(3); more > 0 && !eligible.empty(); --more) {
    chosen_.push_back(eligible[below(eligible.size())]);
  }
}

/// A unit, one that could stand where it stands, one that could stand where that one stands, ...
void TimelineSearch::choose_chain() {
  std::size_t g = below(groups_.size());
  std::size_t const count = 2 + below(kMostTakenOut - 2);
  for (std::size_t i = 0; i < count; ++i) {
    chosen_.push_back(g);
    Timeline const& timeline = groups_[g].timeline;
    auto const& options = instance_.pledges[groups_[g].pledge].options;
    OptionIndex const option =
        timeline.empty() ? options[below(options.size())] : timeline[below(timeline.size())].option;
    auto const& eligible = groups_of_line_[instance_.options[option].line.place];
    g = eligible[below(eligible.size())];
  }
}

/// All units of a pledge, up to a number, and one of another that could serve one of its lines.
void TimelineSearch::choose_pledge() {
  auto const& groups = groups_of_pledge_[groups_[below(groups_.size())].pledge.place];
  for (std::size_t i = 0; i < groups.size() && i < kMostTakenOut; ++i) {
    chosen_.push_back(groups[i]);
  }
  auto const& options = instance_.pledges[groups_[groups.front()].pledge].options;
  for (std::size_t more = below(4); more > 0; --more) {
    LineIndex const line = instance_.options[options[below(options.size())]].line;
    auto const& eligible = groups_of_line_[line.place];
    chosen_.push_back(eligible[below(eligible.size())]);
  }
}

/// Units that a ceiling keeps apart, or that need each other.
void TimelineSearch::choose_tied() {
  pool_ = tied_groups_[below(tied_groups_.size())];
  choose_from_pool(1 + below(kMostTakenOut));
}

}  // namespace guarantor::generate
