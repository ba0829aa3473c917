#include "guarantor/posture/site_tree.h"

#include <algorithm>
#include <cmath>

namespace guarantor::posture {
namespace {

constexpr double kTolerance = 1e-9;    ///< of a cost, below which two are the same
constexpr double kGrainSlack = 1e-6;   ///< of a grain
constexpr int kReliable = 4;           ///< tries after which experience is believed
constexpr std::size_t kMostTries = 8;  ///< sites tried at one part
constexpr long kReportEvery = 64;      ///< parts

/// By how much a better choice is better at least.
double least_step(SiteTree::Rules const& rules, double known) {
  double const least = kTolerance * std::max(1.0, std::abs(known));
  return rules.grain > 0 ? std::max(least, rules.grain * (1 - kGrainSlack)) : least;
}

}  // namespace

double SiteTree::cutoff(Rules const& rules, double known) {
  if (!std::isfinite(known)) {
    return known;
  }
  return known - std::max(least_step(rules, known), rules.gap * std::abs(known - rules.zero));
}

SiteTree::Answer SiteTree::search(std::vector<SiteState> marks, std::vector<double> prices,
                                  double bound, double known) {
  opening_.assign(prices_.sites(), {});
  closing_.assign(prices_.sites(), {});
  known_ = known;
  cutoff_ = cutoff(rules_, known);
  best_.reset();
  parts_.clear();
  parts_.push_back({std::move(marks), std::move(prices), bound});
  while (!parts_.empty() && !must_stop() && known_ > rules_.enough) {
    Part part = std::move(parts_.back());
    parts_.pop_back();
    if (part.bound >= cutoff_) {
      continue;
    }
    explore(std::move(part));
    if (++parts_seen_ % kReportEvery == 0) {
      report(open_bound());
    }
  }
  Answer answer{std::move(best_), open_bound(), parts_.empty()};
  if (answer.proven) {
    // Nothing is between the best and the cutoff but what the gap let pass.
    double const passed = std::isfinite(known_) ? rules_.gap * std::abs(known_ - rules_.zero) : 0;
    answer.bound = passed > least_step(rules_, known_) ? known_ - passed : known_;
  }
  answer.bound = std::min(std::max(answer.bound, bound), known_);
  return answer;
}

double SiteTree::open_bound() const {
  double least = cutoff_;
  for (Part const& part : parts_) {
    least = std::min(least, part.bound);
  }
  return least;
}

bool SiteTree::must_stop() const {
  return control_.must_stop() ||
         (rules_.most_work > 0 && prices_.evaluations() >= rules_.most_work);
}

void SiteTree::report(double bound) const {
  control_.report({rules_.stage, known_, bound, 0});
}

void SiteTree::take(std::optional<Placing> found) {
  if (found && found->cost < known_ - kTolerance * std::max(1.0, std::abs(known_))) {
    known_ = found->cost;
    cutoff_ = cutoff(rules_, known_);
    best_ = std::move(found);
  }
}

/// Bounds a part and, where that is not enough, leaves its two halves on the stack.
void SiteTree::explore(Part part) {
  bool marked = true;
  std::optional<Try> branch;
  while (marked) {
    if (!tighten(part)) {
      return;
    }
    if (must_stop()) {
      parts_.push_back(std::move(part));
      return;
    }
    marked = false;
    branch = choose(part, marked);
    if (!marked && !branch) {
      return;
    }
  }
  if (must_stop()) {
    parts_.push_back(std::move(part));
    return;
  }
  Part other = part;
  bool const open_first = branch->gain_open <= branch->gain_closed;
  part.marks[branch->site] = open_first ? SiteState::kClosed : SiteState::kOpen;
  part.bound = std::max(part.bound, open_first ? branch->closed : branch->open);
  other.marks[branch->site] = open_first ? SiteState::kOpen : SiteState::kClosed;
  other.bound = std::max(other.bound, open_first ? branch->open : branch->closed);
  parts_.push_back(std::move(part));
  parts_.push_back(std::move(other));
}

/// Enters a part, raises its bound and marks what it can, until little changes. False where the
/// part is done with.
bool SiteTree::tighten(Part& part) {
  constexpr std::size_t kWorthAgain = 5;  ///< a fifth of the free sites marked
  while (true) {
    auto const state = prices_.enter(part.marks, part.prices);
    if (state == SitePrices::Part::kEmpty) {
      return false;
    }
    if (state == SitePrices::Part::kSettled) {
      take(prices_.settled());
      return false;
    }
    std::size_t const free = prices_.free_sites().size();
    prices_.ascend(rules_.stride, cutoff_, control_);
    take(prices_.round());
    part.bound = std::max(part.bound, prices_.bound());
    if (part.bound >= cutoff_) {
      return false;
    }
    part.prices = prices_.prices();
    std::size_t marked = 0;
    bool const any = mark_by_margins(part);
    for (std::uint32_t const site : prices_.free_sites()) {
      marked += part.marks[site] != SiteState::kFree ? 1U : 0U;
    }
    if (!any || must_stop()) {
      return true;
    }
    if (marked * kWorthAgain < free) {
      auto const again = prices_.enter(part.marks, part.prices);
      if (again == SitePrices::Part::kSettled) {
        take(prices_.settled());
      }
      return again == SitePrices::Part::kOpen;
    }
  }
}

/// Marks the sites that no choice below the cutoff has otherwise. True if there was one.
bool SiteTree::mark_by_margins(Part& part) {
  bool any = false;
  auto const& free = prices_.free_sites();
  for (std::size_t k = 0; k < free.size(); ++k) {
    if (prices_.if_open(k) >= cutoff_) {
      part.marks[free[k]] = SiteState::kClosed;
      any = true;
    } else if (prices_.if_closed(k) >= cutoff_) {
      part.marks[free[k]] = SiteState::kOpen;
      any = true;
    }
  }
  return any;
}

double SiteTree::expected(std::vector<Experience> const& of, std::size_t site) const {
  return of[site].times > 0 ? of[site].gain / of[site].times : -1;
}

void SiteTree::learn(Experience& of, double gain) {
  of.gain += gain;
  ++of.times;
}

std::vector<SiteTree::Try> SiteTree::candidates() const {
  auto const& free = prices_.free_sites();
  std::vector<Try> all(free.size());
  double const bound = prices_.bound();
  for (std::size_t k = 0; k < free.size(); ++k) {
    std::size_t const site = free[k];
    double const share = prices_.share(k);
    double const even = share * (1 - share);
    double const up = std::max(prices_.if_open(k) - bound, 0.0);
    double const down = std::max(prices_.if_closed(k) - bound, 0.0);
    bool const known = opening_[site].times > 0 && closing_[site].times > 0;
    double const gain_up = std::max(up, known ? expected(opening_, site) : 0.0);
    double const gain_down = std::max(down, known ? expected(closing_, site) : 0.0);
    all[k] = {site, bound + up, bound + down, gain_up, gain_down, 0};
    constexpr double kLeast = 1e-6;
    all[k].score = std::max(gain_up, kLeast) * std::max(gain_down, kLeast) * (even + 0.01);
    if (!known) {
      // Nothing learnt: evenness alone, on the scale of the distance to the cutoff.
      double const distance = std::isfinite(cutoff_) ? std::max(cutoff_ - bound, 0.0) : 1;
      all[k].score = std::max(all[k].score, 0.1 * distance * distance * even * even);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](Try const& a, Try const& b) { return a.score > b.score; });
  return all;
}

/// Tries a site both ways. True if a try showed the other way to be hopeless; the part is marked.
bool SiteTree::try_out(Try& one, Part& part) {
  double const bound = prices_.bound();
  one.open = prices_.probe(one.site, SiteState::kOpen, rules_.probe, cutoff_, control_);
  if (one.open >= cutoff_) {
    part.marks[one.site] = SiteState::kClosed;
    return true;
  }
  one.closed = prices_.probe(one.site, SiteState::kClosed, rules_.probe, cutoff_, control_);
  if (one.closed >= cutoff_) {
    part.marks[one.site] = SiteState::kOpen;
    return true;
  }
  one.gain_open = std::max(one.open - bound, 0.0);
  one.gain_closed = std::max(one.closed - bound, 0.0);
  learn(opening_[one.site], one.gain_open);
  learn(closing_[one.site], one.gain_closed);
  return false;
}

/// The site to branch on; none where marks found on the way must be entered first.
std::optional<SiteTree::Try> SiteTree::choose(Part& part, bool& marked) {
  auto all = candidates();
  std::optional<Try> best;
  constexpr double kLeast = 1e-6;
  std::size_t tried = 0;
  for (Try& one : all) {
    bool const reliable =
        opening_[one.site].times >= kReliable && closing_[one.site].times >= kReliable;
    if (!reliable) {
      if (tried == kMostTries) {
        break;
      }
      ++tried;
      if (try_out(one, part)) {
        marked = true;
        continue;
      }
    }
    double const score = std::max(one.gain_open, kLeast) * std::max(one.gain_closed, kLeast);
    if (!best || score > best->score) {
      best = one;
      best->score = score;
    }
    if (reliable && tried == 0 && best) {
      break;
    }
    if (must_stop()) {
      break;
    }
  }
  return best;
}

}  // namespace guarantor::posture
