#include "bench/siting_program.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace guarantor::bench {
namespace {

using Sense = ZeroOneProgram::Sense;
using Entry = ZeroOneProgram::Entry;

/// Rows and columns that tie demands to sites: a row a demand, and of each pair that may be a share
/// x_ij and a row x_ij <= y_j.
class Assignment {
 public:
  Assignment(ZeroOneProgram& program, std::size_t demands, std::size_t sites)
      : program_{program}, of_site_(sites) {
    for (std::size_t i = 0; i < demands; ++i) {
      program_.add_row(Sense::kEqual, 1);
    }
  }

  /// Each site's room, for amounts given with the pairs.
  void add_rooms(std::vector<double> const& capacity) {
    for (std::size_t j = 0; j < capacity.size(); ++j) {
      room_.push_back(program_.add_row(Sense::kAtMost, 0));
      of_site_[j].push_back({room_[j], -capacity[j]});
    }
  }

  struct Pair {
    std::size_t demand{};
    std::size_t site{};
    double cost{};
    double amount{};
    bool whole{};
  };
  void add(Pair const& pair) {
    std::size_t const link = program_.add_row(Sense::kAtMost, 0);
    std::vector<Entry> entries{{pair.demand, 1}, {link, 1}};
    if (!room_.empty()) {
      entries.push_back({room_[pair.site], pair.amount});
    }
    program_.add_column({pair.cost, pair.whole, std::move(entries)});
    of_site_[pair.site].push_back({link, -1});
  }
  /// The site serves its own demand at no cost wherever it is open.
  void add_own(std::size_t demand) { of_site_[demand].push_back({demand, 1}); }

  void add_to_all_sites(Entry entry) {
    for (auto& entries : of_site_) {
      entries.push_back(entry);
    }
  }
  /// The sites themselves, last. Cost by site; empty: 0.
  void finish(std::vector<double> const& cost) {
    for (std::size_t j = 0; j < of_site_.size(); ++j) {
      program_.add_column({cost.empty() ? 0 : cost[j], true, std::move(of_site_[j])});
    }
  }

 private:
  ZeroOneProgram& program_;
  std::vector<std::size_t> room_;
  std::vector<std::vector<Entry>> of_site_;
};

/// With p sites open a demand is served from one of its n - p + 1 nearest: no farther than this.
double farthest_of_use(MedianCase const& given, std::size_t demand) {
  auto const* const from = given.distances.data() + demand * given.vertices;
  std::vector<double> sorted(from, from + given.vertices);
  std::sort(sorted.begin(), sorted.end());
  std::size_t const spare = given.vertices - std::min(given.count, given.vertices);
  return sorted[std::min(spare, given.vertices - 1)];
}

struct ToProgram {
  std::optional<ZeroOneProgram> operator()(MedianProblem const& problem) const {
    MedianCase const& given = problem.given;
    ZeroOneProgram program;
    Assignment assignment{program, given.vertices, given.vertices};
    for (std::size_t i = 0; i < given.vertices; ++i) {
      double const farthest = farthest_of_use(given, i);
      for (std::size_t j = 0; j < given.vertices; ++j) {
        double const cost = given.distances[i * given.vertices + j];
        if (j == i) {
          assignment.add_own(i);
        } else if (cost <= farthest && std::isfinite(cost)) {
          assignment.add({i, j, cost, 0, false});
        }
      }
    }
    assignment.add_to_all_sites(
        {program.add_row(Sense::kEqual, static_cast<double>(given.count)), 1});
    assignment.finish({});
    return program;
  }

  std::optional<ZeroOneProgram> operator()(CenterProblem const& /*problem*/) const {
    return std::nullopt;
  }

  std::optional<ZeroOneProgram> operator()(CapacitatedMedianCase const& given) const {
    ZeroOneProgram program;
    Assignment assignment{program, given.points, given.points};
    assignment.add_rooms(std::vector<double>(given.points, given.capacity));
    for (std::size_t i = 0; i < given.points; ++i) {
      for (std::size_t j = 0; j < given.points; ++j) {
        assignment.add({i, j, given.distances[i * given.points + j], given.quantities[i], true});
      }
    }
    assignment.add_to_all_sites(
        {program.add_row(Sense::kEqual, static_cast<double>(given.count)), 1});
    assignment.finish({});
    return program;
  }

  std::optional<ZeroOneProgram> operator()(posture::SetCoverProblem const& problem) const {
    ZeroOneProgram program;
    for (std::uint32_t const need : problem.need) {
      program.add_row(Sense::kAtLeast, need);
    }
    for (std::size_t j = 0; j < problem.cost.size(); ++j) {
      std::vector<Entry> entries;
      for (std::uint32_t const row : problem.covers[j]) {
        entries.push_back({row, 1});
      }
      program.add_column({problem.cost[j], true, std::move(entries)});
    }
    return program;
  }

  std::optional<ZeroOneProgram> operator()(posture::MaximalCoverProblem const& problem) const {
    ZeroOneProgram program;
    for (double const weight : problem.weight) {
      std::size_t const row = program.add_row(Sense::kAtMost, 0);
      program.add_column({-weight, false, {{row, 1}}});
    }
    std::size_t const count =
        program.add_row(Sense::kAtMost, static_cast<double>(problem.most_open));
    for (auto const& covers : problem.covers) {
      std::vector<Entry> entries{{count, 1}};
      for (std::uint32_t const demand : covers) {
        entries.push_back({demand, -1});
      }
      program.add_column({0, true, std::move(entries)});
    }
    return program;
  }

  std::optional<ZeroOneProgram> operator()(
      posture::CapacitatedLocationProblem const& problem) const {
    ZeroOneProgram program;
    Assignment assignment{program, problem.amount.size(), problem.capacity.size()};
    assignment.add_rooms(problem.capacity);
    for (std::size_t i = 0; i < problem.amount.size(); ++i) {
      for (auto const& service : problem.services[i]) {
        assignment.add({i, service.site, service.cost, problem.amount[i], false});
      }
    }
    assignment.finish(problem.open_cost);
    return program;
  }
};

}  // namespace

std::optional<ZeroOneProgram> program_of(PublishedProblem const& problem) {
  return std::visit(ToProgram{}, problem);
}

std::vector<double> center_distances(CenterProblem const& problem) {
  std::vector<double> distances;
  std::copy_if(problem.given.distances.begin(), problem.given.distances.end(),
               std::back_inserter(distances), [](double d) { return std::isfinite(d); });
  std::sort(distances.begin(), distances.end());
  distances.erase(std::unique(distances.begin(), distances.end()), distances.end());
  return distances;
}

ZeroOneProgram center_question(CenterProblem const& problem, double distance) {
  MedianCase const& given = problem.given;
  ZeroOneProgram program;
  for (std::size_t i = 0; i < given.vertices; ++i) {
    program.add_row(Sense::kAtLeast, 1);
  }
  std::size_t const count = program.add_row(Sense::kAtMost, static_cast<double>(given.count));
  for (std::size_t j = 0; j < given.vertices; ++j) {
    std::vector<Entry> entries{{count, 1}};
    for (std::size_t i = 0; i < given.vertices; ++i) {
      if (given.distances[i * given.vertices + j] <= distance) {
        entries.push_back({i, 1});
      }
    }
    program.add_column({1, true, std::move(entries)});
  }
  return program;
}

}  // namespace guarantor::bench
