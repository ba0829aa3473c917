#include "guarantor/report/change_causes.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <set>
#include <sstream>

#include "guarantor/report/input_causes.h"

namespace guarantor::report {
namespace {

constexpr double kTolerance = 1e-9;

/// What changed at one line, pledge by pledge: unit-months more or fewer; 0 where only the months
/// are others.
using Moves = std::map<model::PledgeId, std::int64_t>;

class CauseFinder {
 public:
  CauseFinder(PlanReading const& before, PlanReading const& after,
              model::ScenarioDifference const& input, PlanDifference const& plan)
      : before_{before}, after_{after}, difference_{input}, input_{before, after, input} {
    for (auto const& pledge : plan.pledges) {
      for (auto const& use : pledge.lines) {
        moves_[use.line][pledge.pledge] = use.unit_months_after - use.unit_months_before;
        lines_of_[pledge.pledge].push_back(use.line);
      }
    }
    for (auto const& line : plan.lines) {
      differences_.emplace(line.line, &line);
    }
    unproven_ = unproven(before.plan(), after.plan());
  }

  [[nodiscard]] LineWhy why(LineDifference const& line) const {
    LineWhy out;
    auto const change = std::abs(line.worth_after - line.worth_before);
    out.within_gaps =
        line.cover_changed() && unproven_ > kTolerance && change <= unproven_ + kTolerance;
    out.causes = causes_at(line.line);
    if (!out.causes.empty()) {
      out.kind = WhyKind::kDirect;
      return out;
    }
    if (follow(line.line, out)) {
      out.kind = WhyKind::kKnockOn;
      return out;
    }
    out.causes = input_.of_all(line.line);
    if (!out.causes.empty()) {
      out.kind = WhyKind::kDirect;
      return out;
    }
    bool const as_good = std::abs(worth_around(line.line)) <= unproven_ + kTolerance;
    out.kind = input_.same_problem() || as_good ? WhyKind::kSearch : WhyKind::kUnlinked;
    return out;
  }

 private:
  [[nodiscard]] Moves const& moves_at(model::RequirementId const& line) const {
    static Moves const kNone;
    auto const found = moves_.find(line);
    return found == moves_.end() ? kNone : found->second;
  }

  [[nodiscard]] LineDifference at(model::RequirementId const& line) const {
    auto const found = differences_.find(line);
    LineDifference none;
    none.line = line;
    return found == differences_.end() ? none : *found->second;
  }

  /// What bears on the line itself, and on the pledges that came or went there: first those that
  /// went the way its cover did.
  [[nodiscard]] std::vector<Cause> causes_at(model::RequirementId const& id) const {
    auto const line = at(id);
    auto out = input_.of_line(line);
    auto const rise = line.covered_after - line.covered_before;
    for (bool const same_way : {true, false}) {
      for (auto const& [pledge, units] : moves_at(id)) {
        bool const with_cover = static_cast<double>(units) * rise >= 0;
        if (with_cover == same_way) {
          add(out, input_.of_pledge(pledge));
        }
      }
      if (!out.empty()) {
        break;
      }
    }
    std::stable_sort(out.begin(), out.end(),
                     [&](Cause const& a, Cause const& b) { return nearness(a) < nearness(b); });
    return out;
  }

  /// The line and the pledges themselves say more than what they wait for, and that says more than
  /// what holds for many.
  [[nodiscard]] int nearness(Cause const& cause) const {
    if (!cause.row) {
      return 0;
    }
    switch (difference_.rows[*cause.row].table) {
      case model::Table::kRequirements:
      case model::Table::kPledges:
        return 0;
      case model::Table::kScenario:
      case model::Table::kPhases:
        return 2;
      default:
        return 1;
    }
  }

  /// Adds what is not there yet by its row.
  static void add(std::vector<Cause>& out, std::vector<Cause> const& more) {
    for (auto const& cause : more) {
      bool const known = std::any_of(out.begin(), out.end(), [&](Cause const& other) {
        return other.row == cause.row && (cause.row || other.pledge == cause.pledge);
      });
      if (!known) {
        out.push_back(cause);
      }
    }
  }

  /// The lines this one hangs on, the likeliest first.
  [[nodiscard]] std::vector<ChainStep> neighbours(model::RequirementId const& id) const {
    std::vector<ChainStep> out;
    for (bool const opposite : {true, false}) {
      for (auto const& [pledge, units] : moves_at(id)) {
        for (auto const& other : lines_of_.at(pledge)) {
          bool const moved = units * moves_at(other).at(pledge) < 0;
          if (other != id && moved == opposite) {
            out.push_back({ChainLink::kPledge, pledge.text(), other});
          }
        }
      }
    }
    auto const line = at(id);
    for (auto const* side : {&line.short_before, &line.short_after}) {
      add_by_gap(out, *side, id);
    }
    add_bundles(out, id);
    return out;
  }

  /// Lines that outbid this one, and lines under a ceiling that stood in its way.
  void add_by_gap(std::vector<ChainStep>& out, MissingCover const& gap,
                  model::RequirementId const& id) const {
    std::istringstream words{gap.by};
    for (std::string word; words >> word;) {
      if (gap.reason == model::GapReason::kOutbid) {
        out.push_back({ChainLink::kOutbid, "", model::RequirementId{word}});
      } else if (gap.reason == model::GapReason::kCeiling) {
        for (auto const& [other, moves] : moves_) {
          if (other != id && under(word, other)) {
            out.push_back({ChainLink::kCeiling, word, other});
          }
        }
      }
    }
  }

  [[nodiscard]] bool under(std::string const& ceiling, model::RequirementId const& id) const {
    for (auto const* side : {&before_, &after_}) {
      auto const* line = side->line(id);
      for (auto const& row : side->scenario().ceilings) {
        if (line == nullptr || row.id.text() != ceiling) {
          continue;
        }
        bool const other_area =
            row.scope == model::CeilingScope::kArea && row.of != line->line->area.text();
        bool const other_task =
            row.scope == model::CeilingScope::kTask && row.of != line->line->task.text();
        if (!other_area && !other_task) {
          return true;
        }
      }
    }
    return false;
  }

  /// Lines at which a pledge stands that one of this line's needs beside it.
  void add_bundles(std::vector<ChainStep>& out, model::RequirementId const& id) const {
    for (auto const& [pledge, units] : moves_at(id)) {
      for (auto const* side : {&before_, &after_}) {
        auto const* row = side->pledge(pledge);
        for (auto const& needed :
             row == nullptr ? std::vector<model::PledgeId>{} : row->requires_pledges) {
          auto const found = lines_of_.find(needed);
          for (auto const& other :
               found == lines_of_.end() ? std::vector<model::RequirementId>{} : found->second) {
            if (other != id) {
              out.push_back({ChainLink::kBundle, needed.text(), other});
            }
          }
        }
      }
    }
  }

  /// The shortest chain to a line on which something bears; false where there is none.
  [[nodiscard]] bool follow(model::RequirementId const& from, LineWhy& out) const {
    struct Visit {
      model::RequirementId line;
      std::vector<ChainStep> chain;
    };
    std::set<model::RequirementId> seen{from};
    std::deque<Visit> waiting{{from, {}}};
    while (!waiting.empty()) {
      auto const visit = std::move(waiting.front());
      waiting.pop_front();
      for (auto const& step : neighbours(visit.line)) {
        if (!seen.insert(step.line).second) {
          continue;
        }
        auto chain = visit.chain;
        chain.push_back(step);
        if (auto found = causes_at(step.line); !found.empty()) {
          out.chain = std::move(chain);
          out.causes = std::move(found);
          return true;
        }
        waiting.push_back({step.line, std::move(chain)});
      }
    }
    return false;
  }

  /// What all lines that hang together with this one by moved pledges gain, in objective units.
  [[nodiscard]] double worth_around(model::RequirementId const& from) const {
    std::set<model::RequirementId> seen{from};
    std::vector<model::RequirementId> waiting{from};
    double sum = 0;
    while (!waiting.empty()) {
      auto const id = waiting.back();
      waiting.pop_back();
      auto const line = at(id);
      sum += line.worth_after - line.worth_before;
      for (auto const& [pledge, units] : moves_at(id)) {
        for (auto const& other : lines_of_.at(pledge)) {
          if (seen.insert(other).second) {
            waiting.push_back(other);
          }
        }
      }
    }
    return sum;
  }

  PlanReading const& before_;
  PlanReading const& after_;
  model::ScenarioDifference const& difference_;
  InputCauses input_;
  double unproven_{};
  std::map<model::RequirementId, Moves> moves_;
  std::map<model::PledgeId, std::vector<model::RequirementId>> lines_of_;
  std::map<model::RequirementId, LineDifference const*> differences_;
};

}  // namespace

double unproven(model::ForcePlan const& before, model::ForcePlan const& after) {
  return std::max(0.0, before.bound - before.objective) +
         std::max(0.0, after.bound - after.objective);
}

std::vector<LineWhy> change_causes(PlanReading const& before, PlanReading const& after,
                                   model::ScenarioDifference const& input,
                                   PlanDifference const& plan) {
  CauseFinder const finder{before, after, input, plan};
  std::vector<LineWhy> out;
  out.reserve(plan.lines.size());
  for (auto const& line : plan.lines) {
    out.push_back(finder.why(line));
  }
  return out;
}

}  // namespace guarantor::report
