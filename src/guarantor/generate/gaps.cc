#include "guarantor/generate/gaps.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "guarantor/generate/by_month.h"

namespace guarantor::generate {
namespace {

using model::GapReason;

constexpr double kTolerance = 1e-9;

/// Where one pledge was stopped on its way to a line, and what stopped it. A later stop is nearer
/// to the line.
struct Stop {
  int stage{-1};
  GapReason reason{GapReason::kNobodyOffered};
  std::set<std::string> by;
};

/// How far a pledge has come when each reason stops it: the order of the questions. Units that are
/// elsewhere or resting were counted on; an offer without a number that passes every other question
/// is nearer to closing the gap.
int stage(GapReason reason) {
  static constexpr GapReason kOrder[] = {
      GapReason::kPhaseDropped, GapReason::kNobodyOffered, GapReason::kUncounted,
      GapReason::kCondition,    GapReason::kCaveat,        GapReason::kRulesOfEngagement,
      GapReason::kLate,         GapReason::kBundle,        GapReason::kFrameworkNation,
      GapReason::kOutbid,       GapReason::kRotation,      GapReason::kNotStated,
      GapReason::kMaxNations,   GapReason::kCeiling,       GapReason::kMinFill,
      GapReason::kNotWorthIt,   GapReason::kSearchStopped};
  auto const* const found = std::find(std::begin(kOrder), std::end(kOrder), reason);
  return static_cast<int>(found - std::begin(kOrder));
}

Stop stop(GapReason reason, std::set<std::string> by) {
  return {stage(reason), reason, std::move(by)};
}

class GapFinder {
 public:
  GapFinder(model::Scenario const& scenario, model::WorldRequest const& request,
            model::World const& world, Instance const& instance, std::vector<Start> const& starts,
            bool proven)
      : scenario_{scenario},
        request_{request},
        world_{world},
        instance_{instance},
        proven_{proven},
        busy_{instance.pledges.size(), instance.horizon},
        serving_{instance.pledges.size(), instance.horizon},
        counts_{instance.lines.size(), instance.horizon},
        nations_{instance.lines.size(), instance.horizon} {
    for (std::size_t place = 0; place < instance.options.size(); ++place) {
      Option const& option = instance.options[OptionIndex{place}];
      option_of_[{instance.pledges[option.pledge].row, instance.lines[option.line].row}] =
          OptionIndex{place};
    }
    for (std::size_t r = 0; r < instance.lines.size(); ++r) {
      line_of_[instance.lines[LineIndex{r}].row] = LineIndex{r};
    }
    for (PlannedPledge const& pledge : instance.pledges) {
      for (auto const& needed : pledge.needs) {
        if (needed) {
          needed_.insert(*needed);
        }
      }
    }
    for (Start const& start : starts) {
      lay_out(start);
    }
  }

  std::vector<model::Gap> run(Certificate const& certificate) {
    std::vector<model::Gap> gaps;
    for (std::size_t row = 0; row < scenario_.requirements.size(); ++row) {
      std::size_t const before = gaps.size();
      add_line(row, certificate, gaps);
      for (std::size_t i = before; i < gaps.size(); ++i) {
        if (gaps[i].reason == GapReason::kOutbid) {
          gaps[i].outbid = bids_against(row, gaps[i].months);
        }
      }
    }
    return gaps;
  }

 private:
  void lay_out(Start const& start) {
    Option const& option = instance_.options[start.option];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    int const end = instance_.tour_end(option, start.month);
    for (int t = start.month; t < instance_.rest_end(option, end); ++t) {
      busy_.at(option.pledge, t) += start.units;
      if (t >= end) {
        continue;
      }
      serving_.at(option.pledge, t)[option.line] += start.units;
      counts_.at(option.line, t) += option.effectiveness * start.units;
      nations_.at(option.line, t)[pledge.nation] += start.units;
      if (needed_.contains(option.pledge)) {
        beside_.insert({option.pledge,
                        scenario_.requirements[instance_.lines[option.line].row].area.text(), t});
      }
      for (std::size_t c = 0; c < instance_.ceilings.size(); ++c) {
        auto const& scope = instance_.ceilings[c].options;
        if (std::binary_search(scope.begin(), scope.end(), start.option)) {
          people_[{c, t}] += pledge.personnel * start.units;
        }
      }
    }
  }

  void add_line(std::size_t row, Certificate const& certificate, std::vector<model::Gap>& gaps) {
    model::Requirement const& line = scenario_.requirements[row];
    auto const months = line.months(scenario_.header.horizon);
    auto const planned = line_of_.find(row);
    auto const required = static_cast<double>(line.quantity.count());
    std::vector<Candidate> candidates;
    bool open = false;
    for (int t = months.from.count(); t < months.to.count(); ++t) {
      auto const slot = static_cast<std::size_t>(t - months.from.count());
      double const covered =
          planned == line_of_.end() ? 0 : certificate.cover[planned->second][slot];
      double const missing = required - covered;
      if (missing <= kTolerance) {
        open = false;
        continue;
      }
      if (planned != line_of_.end() && candidates.empty()) {
        candidates = candidates_of(row);
      }
      Stop const why = planned == line_of_.end() ? dropped(line) : first_reason(candidates, t);
      std::string by;
      for (std::string const& name : why.by) {
        by += (by.empty() ? "" : " ") + name;
      }
      if (open && gaps.back().reason == why.reason && gaps.back().by == by) {
        extend(gaps.back(), missing);
      } else {
        gaps.push_back(
            {line.id, {model::Months{t}, model::Months{t + 1}}, missing, why.reason, by, {}, {}});
      }
      open = true;
    }
  }

  static void extend(model::Gap& gap, double missing) {
    int const months = gap.months.length().count();
    gap.short_by = (gap.short_by * months + missing) / (months + 1);
    gap.months.to += model::Months{1};
  }

  [[nodiscard]] Stop dropped(model::Requirement const& line) const {
    auto const phase = waiting_phase(scenario_, line);
    return stop(GapReason::kPhaseDropped,
                phase ? std::set{scenario_.phases[*phase].id.text()} : std::set<std::string>{});
  }

  /// What of a pledge and a line is the same in every month.
  struct Candidate {
    std::size_t pledge{};        ///< its row
    std::optional<Stop> always;  ///< what keeps the pledge away whatever the month
    int first{};
    int until{};
    std::optional<OptionIndex> option;
  };

  /// Every pledge that would count at the line.
  [[nodiscard]] std::vector<Candidate> candidates_of(std::size_t row) const {
    std::vector<Candidate> candidates;
    auto const accepted = accepted_at(scenario_, scenario_.requirements[row]);
    for (std::size_t pledge = 0; pledge < scenario_.pledges.size(); ++pledge) {
      if (accepted.contains(scenario_.pledges[pledge].capability)) {
        candidates.push_back(candidate(pledge, row));
      }
    }
    return candidates;
  }

  [[nodiscard]] Stop first_reason(std::vector<Candidate> const& candidates, int month) const {
    Stop furthest = stop(GapReason::kNobodyOffered, {});
    for (Candidate const& candidate : candidates) {
      if (candidate.always && candidate.always->stage < furthest.stage) {
        continue;
      }
      Stop here = stop_of(candidate, month);
      if (here.stage > furthest.stage) {
        furthest = std::move(here);
      } else if (here.stage == furthest.stage) {
        furthest.by.merge(here.by);
      }
    }
    return furthest;
  }

  /// Conditions that a pledge names and that are not true.
  [[nodiscard]] std::set<std::string> unmet(model::Pledge const& pledge) const {
    std::set<std::string> names;
    for (Occurrence const& occurrence : pledge.conditions.occurrences()) {
      if (auto const* condition = std::get_if<model::ConditionAtom>(&occurrence.atom)) {
        auto const found = world_.conditions.find(condition->condition);
        if (found == world_.conditions.end() || found->second != occurrence.plain) {
          names.insert(condition->condition.text());
        }
      } else if (auto const* joins = std::get_if<model::JoinsAtom>(&occurrence.atom)) {
        if (!world_.joined.contains(joins->nation)) {
          names.insert(model::print(occurrence.atom));
        }
      } else if (std::holds_alternative<model::JoinedAtom>(occurrence.atom)) {
        names.insert(model::print(occurrence.atom));
      }
    }
    return names;
  }

  /// What stops a pledge before months are looked at, or nothing.
  [[nodiscard]] std::optional<Stop> always_stopped(std::size_t pledge_row,
                                                   model::Requirement const& line) const {
    model::Pledge const& pledge = scenario_.pledges[pledge_row];
    std::set<std::string> const self{pledge.id.text()};
    if (pledge.status == model::PledgeStatus::kWithdrawn ||
        (pledge.status == model::PledgeStatus::kIndicated && !request_.include_indicated)) {
      return stop(GapReason::kUncounted, self);
    }
    if (!world_.pledge_holds[pledge_row]) {
      return stop(GapReason::kCondition, unmet(pledge));
    }
    if (!caveats_allow(pledge, line)) {
      return stop(GapReason::kCaveat, self);
    }
    if (pledge.rules() < line.rules()) {
      return stop(GapReason::kRulesOfEngagement, self);
    }
    return std::nullopt;
  }

  [[nodiscard]] Candidate candidate(std::size_t pledge_row, std::size_t line_row) const {
    model::Pledge const& pledge = scenario_.pledges[pledge_row];
    model::Requirement const& line = scenario_.requirements[line_row];
    Candidate result{.pledge = pledge_row, .always = always_stopped(pledge_row, line)};
    if (!result.always) {
      result.first = first_month(scenario_, pledge, line);
      result.until = pledge.until.value_or(scenario_.header.horizon).count();
      auto const option = option_of_.find({pledge_row, line_row});
      result.option = option == option_of_.end() ? std::nullopt : std::optional{option->second};
    }
    return result;
  }

  [[nodiscard]] Stop stop_of(Candidate const& candidate, int month) const {
    if (candidate.always) {
      return *candidate.always;
    }
    model::Pledge const& pledge = scenario_.pledges[candidate.pledge];
    if (month < candidate.first || month >= candidate.until) {
      return stop(GapReason::kLate, {pledge.id.text()});
    }
    if (!pledge.quantity) {
      return stop(GapReason::kNotStated, {pledge.id.text()});
    }
    return candidate.option ? stop_in_plan(*candidate.option, month)
                            : stop(GapReason::kLate, {pledge.id.text()});
  }

  /// For a pledge that could be there: what in the plan keeps it away.
  [[nodiscard]] Stop stop_in_plan(OptionIndex index, int month) const {
    Option const& option = instance_.options[index];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    PlannedLine const& line = instance_.lines[option.line];
    model::Requirement const& requirement = scenario_.requirements[line.row];
    std::set<std::string> const self{scenario_.pledges[pledge.row].id.text()};
    if (auto missing = missing_beside(option, month); !missing.empty()) {
      return stop(GapReason::kBundle, std::move(missing));
    }
    auto const& present = nations_.at(option.line, month);
    bool const there = present.contains(pledge.nation);
    bool const leader_there = line.framework && present.contains(*line.framework);
    if (line.led && line.framework != pledge.nation && !leader_there) {
      return stop(GapReason::kFrameworkNation, {requirement.framework_nation.text()});
    }
    if (line.max_nations && !there && !present.empty() &&
        present.size() >= static_cast<std::size_t>(*line.max_nations)) {
      return stop(GapReason::kMaxNations, {std::to_string(*line.max_nations)});
    }
    if (auto full = full_ceilings(index, pledge, month); !full.empty()) {
      return stop(GapReason::kCeiling, std::move(full));
    }
    if (!can_tour(index, month)) {
      auto rivals = rivals_of(option, month);
      return rivals.empty() ? stop(GapReason::kRotation, self)
                            : stop(GapReason::kOutbid, std::move(rivals));
    }
    if (line.min_cover > 0) {
      return stop(GapReason::kMinFill, {requirement.id.text()});
    }
    return proven_ ? stop(GapReason::kNotWorthIt, self) : stop(GapReason::kSearchStopped, {});
  }

  [[nodiscard]] std::set<std::string> missing_beside(Option const& option, int month) const {
    std::set<std::string> missing;
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    auto const& named = scenario_.pledges[pledge.row].requires_pledges;
    std::string const& area = scenario_.requirements[instance_.lines[option.line].row].area.text();
    for (std::size_t i = 0; i < pledge.needs.size(); ++i) {
      if (!pledge.needs[i] || !beside_.contains({*pledge.needs[i], area, month})) {
        missing.insert(named[i].text());
      }
    }
    return missing;
  }

  [[nodiscard]] std::set<std::string> full_ceilings(OptionIndex index, PlannedPledge const& pledge,
                                                    int month) const {
    std::set<std::string> full;
    for (std::size_t c = 0; c < instance_.ceilings.size(); ++c) {
      PlannedCeiling const& ceiling = instance_.ceilings[c];
      if (month < ceiling.from || month >= ceiling.to ||
          !std::binary_search(ceiling.options.begin(), ceiling.options.end(), index)) {
        continue;
      }
      auto const used = people_.find({c, month});
      std::int64_t const people = used == people_.end() ? 0 : used->second;
      if (people + pledge.personnel > ceiling.personnel) {
        full.insert(scenario_.ceilings[ceiling.row].id.text());
      }
    }
    return full;
  }

  /// Whether one more unit could begin some tour that covers the month.
  [[nodiscard]] bool can_tour(OptionIndex index, int month) const {
    Option const& option = instance_.options[index];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    for (int s = std::max(option.first, month - pledge.tour + 1); s <= month; ++s) {
      int const end = instance_.tour_end(option, s);
      bool fits = month < end && s < option.last;
      for (int t = s; fits && t < instance_.rest_end(option, end); ++t) {
        fits = busy_.at(option.pledge, t) < pledge.quantity;
      }
      if (fits) {
        return true;
      }
    }
    return false;
  }

  /// The other lines that the pledge's units serve in the months a tour here would need.
  [[nodiscard]] std::set<std::string> rivals_of(Option const& option, int month) const {
    std::set<std::string> rivals;
    for (auto const& [rival, units] : serving_.at(option.pledge, month)) {
      if (rival != option.line) {
        rivals.insert(scenario_.requirements[instance_.lines[rival].row].id.text());
      }
    }
    return rivals;
  }

  /// What so many units more or less would change in the worth of a line's cover in a month.
  [[nodiscard]] double worth_of_change(LineIndex index, int month, double change) const {
    PlannedLine const& line = instance_.lines[index];
    double const present = counts_.at(index, month);
    auto const counted = [&](double units) {
      return units < line.min_cover - kTolerance ? 0 : std::min(units, line.quantity);
    };
    return line.worth * std::abs(counted(present + change) - counted(present));
  }

  /// Who has the units that a line would need in some months, and what they earn there and would
  /// here: means over the months in which they are there. The highest bid first.
  [[nodiscard]] std::vector<model::Outbid> bids_against(
      std::size_t row, model::Interval<model::Months> months) const {
    struct Bid {
      double there{};
      double here{};
      int months{};
    };
    std::map<std::pair<PledgeIndex, LineIndex>, Bid> bids;
    LineIndex const own = line_of_.at(row);
    for (OptionIndex const index : instance_.lines[own].options) {
      Option const& option = instance_.options[index];
      std::size_t const pledge_row = instance_.pledges[option.pledge].row;
      Candidate const asked = candidate(pledge_row, row);
      for (int t = months.from.count(); t < months.to.count(); ++t) {
        auto const& serving = serving_.at(option.pledge, t);
        if (serving.empty() || stop_of(asked, t).reason != GapReason::kOutbid) {
          continue;
        }
        for (auto const& [rival, units] : serving) {
          if (rival == own) {
            continue;
          }
          auto const there = option_of_.find({pledge_row, instance_.lines[rival].row});
          Bid& bid = bids[{option.pledge, rival}];
          bid.there += worth_of_change(rival, t, -instance_.options[there->second].effectiveness);
          bid.here += worth_of_change(own, t, option.effectiveness);
          ++bid.months;
        }
      }
    }
    std::vector<model::Outbid> out;
    for (auto const& [who, bid] : bids) {
      model::Requirement const& rival = scenario_.requirements[instance_.lines[who.second].row];
      out.push_back({rival.id, rival.tier_or_default(),
                     scenario_.pledges[instance_.pledges[who.first].row].id, bid.there / bid.months,
                     bid.here / bid.months});
    }
    std::ranges::stable_sort(out, std::greater{}, &model::Outbid::worth_there);
    return out;
  }

  using Occurrence = model::Occurrence;

  model::Scenario const& scenario_;
  model::WorldRequest const& request_;
  model::World const& world_;
  Instance const& instance_;
  bool proven_;
  std::map<std::pair<std::size_t, std::size_t>, OptionIndex> option_of_;  ///< by pledge, line row
  std::map<std::size_t, LineIndex> line_of_;
  ByMonth<PledgeIndex, int> busy_;
  ByMonth<PledgeIndex, std::map<LineIndex, int>> serving_;
  ByMonth<LineIndex, double> counts_;  ///< units present, as they count there
  ByMonth<LineIndex, std::map<NationIndex, int>> nations_;
  std::set<PledgeIndex> needed_;  ///< what others need beside them
  std::set<std::tuple<PledgeIndex, std::string, int>> beside_;
  std::map<std::pair<std::size_t, int>, std::int64_t> people_;
};

}  // namespace

std::vector<model::Gap> find_gaps(model::Scenario const& scenario,
                                  model::WorldRequest const& request, model::World const& world,
                                  Instance const& instance, std::vector<Start> const& starts,
                                  Certificate const& certificate, bool proven) {
  return GapFinder{scenario, request, world, instance, starts, proven}.run(certificate);
}

}  // namespace guarantor::generate
