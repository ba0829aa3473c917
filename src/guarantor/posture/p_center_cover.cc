#include "guarantor/posture/p_center_cover.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "guarantor/posture/p_center_bits.h"

namespace guarantor::posture {
namespace {

constexpr double kLeastSquare = 0.1;  ///< of the slope's, for the direction's where slopes cancel
constexpr double kRounding = 1e-9;    ///< of the sum of prices: what sums of doubles may be off
constexpr double kTarget = 0.02;      ///< of the sum of prices: what a bound aims at
constexpr int kRootSteps = 400;
constexpr int kNodeSteps = 60;
constexpr int kPatience = 12;    ///< steps without a better bound until the length is halved
constexpr int kGreedyEvery = 8;  ///< steps from one attempt at a cover to the next

class CoverSearch {
 public:
  CoverSearch(CoverQuestion const& question, long most_work, model::RunControl const& control)
      : most_work_{most_work}, control_{control} {
    sites_ = question.states.size();
    demands_ = question.serving.size();
    row_.assign(demands_, BitRow{sites_});
    column_.assign(sites_, BitRow{demands_});
    for (std::size_t i = 0; i < demands_; ++i) {
      for (std::uint32_t const j : question.serving[i]) {
        if (question.states[j] != SiteState::kClosed) {
          row_[i].put(j);
          column_[j].put(i);
        }
      }
    }
  }

  CoverAnswer run(CoverQuestion const& question) {
    Part part{
        BitRow{demands_}, BitRow{sites_}, {}, question.count, std::vector<double>(demands_, 1.0)};
    for (std::size_t i = 0; i < demands_; ++i) {
      part.demands.put(i);
    }
    bool possible = true;
    for (std::size_t j = 0; j < sites_; ++j) {
      if (question.states[j] == SiteState::kOpen) {
        possible = possible && part.left > 0;
        if (possible) {
          take(part, j);
        }
      } else if (question.states[j] == SiteState::kFree) {
        part.sites.put(j);
      }
    }
    possible = possible && explore(std::move(part), kRootSteps);
    CoverAnswer answer{.work = work_};
    answer.verdict = possible   ? CoverVerdict::kPossible
                     : stopped_ ? CoverVerdict::kStopped
                                : CoverVerdict::kImpossible;
    if (possible) {
      answer.open = padded(question);
      if (answer.open.size() != question.count) {
        answer.verdict = CoverVerdict::kImpossible;
      }
    }
    return answer;
  }

 private:
  /// What is left to cover, with what, and by how many.
  struct Part {
    BitRow demands;
    BitRow sites;
    std::vector<std::size_t> taken;
    std::size_t left{};
    std::vector<double> prices;  ///< by demand
  };
  enum class Finding { kCovered, kImpossible, kOpen };

  void take(Part& part, std::size_t site) const {
    part.taken.push_back(site);
    part.demands.remove(column_[site]);
    part.sites.drop(site);
    --part.left;
  }

  bool must_stop() {
    stopped_ = stopped_ || control_.must_stop() || (most_work_ > 0 && work_ >= most_work_);
    return stopped_;
  }

  std::vector<std::size_t> padded(CoverQuestion const& question) const {
    std::vector<char> open(sites_, 0);
    std::vector<std::size_t> result = found_;
    for (std::size_t const j : found_) {
      open[j] = 1;
    }
    for (std::size_t j = 0; j < sites_ && result.size() < question.count; ++j) {
      if (open[j] == 0 && question.states[j] == SiteState::kFree) {
        result.push_back(j);
      }
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  /// Takes sites that alone serve a demand. False where some demand has none or too many need one.
  bool take_single(Part& part, bool& changed) const {
    for (bool again = true; again;) {
      again = false;
      std::optional<std::size_t> single;
      bool possible = true;
      part.demands.each_while([&](std::size_t i) {
        std::size_t const choices = row_[i].shared(part.sites, 2);
        possible = choices > 0;
        if (choices == 1) {
          BitRow last = row_[i];
          last.keep(part.sites);
          last.each([&](std::size_t j) { single = j; });
        }
        return choices > 1;
      });
      if (!possible || (single && part.left == 0)) {
        return false;
      }
      if (single) {
        take(part, *single);
        again = changed = true;
      }
    }
    return part.left > 0 || part.demands.empty();
  }

  /// Drops demands served by every site of another, and sites that serve no more than another.
  void drop_dominated(Part& part, bool& changed) const {
    BitRow const demands = part.demands;
    demands.each([&](std::size_t i) {
      if (!part.demands.has(i)) {
        return;
      }
      BitRow over = part.demands;  // those that every site of i serves too
      row_[i].each_while([&](std::size_t j) {
        if (part.sites.has(j)) {
          over.keep(column_[j]);
        }
        return !over.only(i);
      });
      over.drop(i);
      if (!over.empty()) {
        part.demands.remove(over);
        changed = true;
      }
    });
    BitRow const sites = part.sites;
    sites.each([&](std::size_t j) {
      BitRow over = part.sites;  // sites that serve all that j serves
      column_[j].each_while([&](std::size_t i) {
        if (part.demands.has(i)) {
          over.keep(row_[i]);
        }
        return !over.only(j);
      });
      if (!over.only(j)) {
        part.sites.drop(j);
        changed = true;
      }
    });
  }

  bool reduce(Part& part) const {
    for (bool changed = true; changed;) {
      changed = false;
      if (!take_single(part, changed)) {
        return false;
      }
      if (part.demands.empty()) {
        return true;
      }
      drop_dominated(part, changed);
    }
    return true;
  }

  /// The part in lists, for steps on prices.
  struct Lists {
    std::vector<std::uint32_t> demand;
    std::vector<std::uint32_t> site;
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> place;  ///< in `site`
    std::vector<double> worth;         ///< by place: the prices it would collect
    std::vector<std::uint32_t> order;
    std::vector<int> chosen;
    double bound{};
    double sum{};
  };

  Lists lists_of(Part const& part) const {
    Lists lists;
    std::vector<std::uint32_t> place(sites_, 0);
    part.sites.each([&](std::size_t j) {
      place[j] = static_cast<std::uint32_t>(lists.site.size());
      lists.site.push_back(static_cast<std::uint32_t>(j));
    });
    lists.first.push_back(0);
    part.demands.each([&](std::size_t i) {
      lists.demand.push_back(static_cast<std::uint32_t>(i));
      row_[i].each([&](std::size_t j) {
        if (part.sites.has(j)) {
          lists.place.push_back(place[j]);
        }
      });
      lists.first.push_back(static_cast<std::uint32_t>(lists.place.size()));
    });
    return lists;
  }

  /// Prices leave no cover where the best sites together collect less than all demands offer.
  static void evaluate(Lists& lists, std::vector<double> const& prices, std::size_t left) {
    lists.worth.assign(lists.site.size(), 0);
    lists.sum = 0;
    for (std::size_t i = 0; i < lists.demand.size(); ++i) {
      double const price = prices[i];
      lists.sum += price;
      for (std::uint32_t k = lists.first[i]; k < lists.first[i + 1]; ++k) {
        lists.worth[lists.place[k]] += price;
      }
    }
    lists.order.resize(lists.site.size());
    for (std::uint32_t j = 0; j < lists.order.size(); ++j) {
      lists.order[j] = j;
    }
    auto const better = [&](std::uint32_t a, std::uint32_t b) {
      return lists.worth[a] > lists.worth[b] || (lists.worth[a] == lists.worth[b] && a < b);
    };
    std::size_t const sorted = std::min(left + 1, lists.order.size());
    std::partial_sort(lists.order.begin(),
                      lists.order.begin() + static_cast<std::ptrdiff_t>(sorted), lists.order.end(),
                      better);
    lists.bound = lists.sum;
    lists.chosen.assign(lists.site.size(), 0);
    for (std::size_t r = 0; r < std::min(left, lists.order.size()); ++r) {
      lists.chosen[lists.order[r]] = 1;
      lists.bound -= lists.worth[lists.order[r]];
    }
  }

  /// Drops sites that would leave no cover, and takes those without which there is none.
  bool settle(Part& part, Lists const& lists) const {
    std::size_t const size = lists.order.size();
    std::size_t const left = part.left;
    double const slack = kRounding * lists.sum - lists.bound;
    if (left >= size) {
      return false;
    }
    double const worst_in = lists.worth[lists.order[left - 1]];
    double const best_out = lists.worth[lists.order[left]];
    bool changed = false;
    for (std::size_t r = left; r < size; ++r) {
      if (worst_in - lists.worth[lists.order[r]] > slack) {
        part.sites.drop(lists.site[lists.order[r]]);
        changed = true;
      }
    }
    for (std::size_t r = 0; r < left; ++r) {
      if (lists.worth[lists.order[r]] - best_out > slack) {
        take(part, lists.site[lists.order[r]]);
        changed = true;
      }
    }
    return changed;
  }

  /// A cover grown by what is priced highest, if it turns out to be one.
  bool greedy(Part const& part, std::vector<double> const& price_of) {
    BitRow open = part.demands;
    std::vector<std::size_t> taken = part.taken;
    for (std::size_t r = 0; r < part.left && !open.empty(); ++r) {
      std::vector<double> worth(sites_, 0);
      open.each(
          [&](std::size_t i) { row_[i].each([&](std::size_t j) { worth[j] += price_of[i]; }); });
      std::size_t best = sites_;
      part.sites.each([&](std::size_t j) {
        if (best == sites_ || worth[j] > worth[best]) {
          best = j;
        }
      });
      if (best == sites_) {
        return false;
      }
      taken.push_back(best);
      open.remove(column_[best]);
    }
    if (open.empty()) {
      found_ = std::move(taken);
    }
    return open.empty();
  }

  /// Moves prices until they leave no cover, a cover appears, or sites can be decided.
  Finding price(Part& part, int steps, bool& changed) {
    Lists lists = lists_of(part);
    std::vector<double> prices;
    for (std::uint32_t const i : lists.demand) {
      prices.push_back(part.prices[i]);
    }
    std::vector<double> direction(prices.size(), 0);
    std::vector<int> slope(prices.size());
    double length = 1;
    double best = -std::numeric_limits<double>::infinity();
    int idle = 0;
    Finding finding = Finding::kOpen;
    changed = false;
    for (int step = 0; step < steps && length > 0.02 && !must_stop(); ++step) {
      evaluate(lists, prices, part.left);
      ++work_;
      if (lists.bound > kRounding * lists.sum) {
        return Finding::kImpossible;
      }
      idle = lists.bound / lists.sum > best ? 0 : idle + 1;
      best = std::max(best, lists.bound / lists.sum);
      bool covered = true;
      double square = 0;
      double slope_square = 1;
      for (std::size_t i = 0; i < prices.size(); ++i) {
        int serving = 0;
        for (std::uint32_t k = lists.first[i]; k < lists.first[i + 1]; ++k) {
          serving += lists.chosen[lists.place[k]];
        }
        slope[i] = 1 - serving;
        covered = covered && serving > 0;
        direction[i] = 0.6 * direction[i] + slope[i];
        square += direction[i] * direction[i];
        slope_square += slope[i] * slope[i];
      }
      if (covered) {
        found_ = part.taken;
        for (std::size_t j = 0; j < lists.site.size(); ++j) {
          if (lists.chosen[j] != 0) {
            found_.push_back(lists.site[j]);
          }
        }
        return Finding::kCovered;
      }
      store(part, lists, prices);
      if (step % kGreedyEvery == 0 && greedy(part, part.prices)) {
        return Finding::kCovered;
      }
      if (settle(part, lists)) {
        changed = true;
        return finding;
      }
      if (idle >= kPatience) {
        length /= 2;
        idle = 0;
      }
      double const move = length * (kTarget * lists.sum - lists.bound) /
                          std::max(square, kLeastSquare * slope_square);
      for (std::size_t i = 0; i < prices.size(); ++i) {
        prices[i] = std::max(0.0, prices[i] + move * direction[i]);
      }
    }
    return finding;
  }

  static void store(Part& part, Lists const& lists, std::vector<double> const& prices) {
    for (std::size_t i = 0; i < lists.demand.size(); ++i) {
      part.prices[lists.demand[i]] = prices[i];
    }
  }

  /// Whether the part can be covered; then `found_` holds how.
  bool explore(Part part, int steps) {
    for (;;) {
      if (must_stop()) {
        return false;
      }
      if (part.demands.empty()) {
        found_ = part.taken;
        return true;
      }
      if (part.left == 0 || !reduce(part)) {
        return false;
      }
      if (part.demands.empty()) {
        continue;
      }
      bool changed = false;
      Finding const finding = price(part, steps, changed);
      if (finding != Finding::kOpen) {
        return finding == Finding::kCovered;
      }
      if (!changed) {
        break;
      }
    }
    return !stopped_ && branch(std::move(part));
  }

  bool branch(Part part) {
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    std::size_t demand = 0;
    part.demands.each([&](std::size_t i) {
      std::size_t const choices = row_[i].shared(part.sites, fewest);
      if (choices < fewest) {
        fewest = choices;
        demand = i;
      }
    });
    std::vector<std::pair<double, std::size_t>> order;
    row_[demand].each([&](std::size_t j) {
      if (part.sites.has(j)) {
        double worth = 0;
        column_[j].each([&](std::size_t i) { worth -= part.demands.has(i) ? part.prices[i] : 0; });
        order.emplace_back(worth, j);
      }
    });
    std::sort(order.begin(), order.end());
    for (auto const& [worth, site] : order) {
      Part child = part;
      take(child, site);
      if (explore(std::move(child), kNodeSteps)) {
        return true;
      }
      if (stopped_) {
        return false;
      }
      part.sites.drop(site);
    }
    return false;
  }

  std::size_t sites_{};
  std::size_t demands_{};
  std::vector<BitRow> row_;
  std::vector<BitRow> column_;
  std::vector<std::size_t> found_;
  long most_work_;
  model::RunControl const& control_;
  long work_{};
  bool stopped_{};
};

}  // namespace

CoverAnswer cover(CoverQuestion const& question, long most_work, model::RunControl const& control) {
  return CoverSearch{question, most_work, control}.run(question);
}

}  // namespace guarantor::posture
