#include "bench/reach_measurement.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "bench/boost_dijkstra.h"
#include "bench/draw.h"
#include "bench/stopwatch.h"

namespace guarantor::bench {
namespace {

using geo::NodeIndex;
using geo::TravelTime;

ReachSide side(std::vector<tables::NodePair> const& pairs,
               std::uint32_t tables::NodePair::* member) {
  ReachSide all;
  std::map<std::uint32_t, std::size_t> place_of;
  for (tables::NodePair const& pair : pairs) {
    auto const [found, fresh] = place_of.try_emplace(pair.*member, all.nodes.size());
    if (fresh) {
      all.nodes.push_back({pair.*member});
    }
    all.place.push_back(found->second);
  }
  return all;
}

std::vector<geo::ArcChange> changes_of(ReachEdge const& edge, ReachNetwork const& network,
                                       bool open) {
  std::vector<geo::ArcChange> changes;
  auto const add = [&](geo::ArcIndex arc) {
    changes.push_back({arc, open ? network.times[arc.place] : geo::kNever});
  };
  add(edge.arc);
  if (edge.back) {
    add(*edge.back);
  }
  return changes;
}

/// What steps of one kind took.
class Laps {
 public:
  void add(Lap lap) {
    ++count_;
    sum_.seconds += lap.seconds;
    sum_.processor_seconds += lap.processor_seconds;
    worst_ = std::max(worst_, lap.seconds);
    worst_processor_ = std::max(worst_processor_, lap.processor_seconds);
  }
  [[nodiscard]] nlohmann::ordered_json told() const {
    double const count = count_ > 0 ? static_cast<double>(count_) : 1;
    return {{"mean_seconds", sum_.seconds / count},
            {"worst_seconds", worst_},
            {"mean_processor_seconds", sum_.processor_seconds / count},
            {"worst_processor_seconds", worst_processor_}};
  }

 private:
  std::size_t count_{};
  Lap sum_;
  double worst_{};
  double worst_processor_{};
};

}  // namespace

ReachSides sides_of(std::vector<tables::NodePair> const& pairs) {
  return {side(pairs, &tables::NodePair::from), side(pairs, &tables::NodePair::to)};
}

std::vector<TravelTime> answer_pairs(geo::CustomisedHierarchy const& customised,
                                     ReachSides const& sides, int threads) {
  ReachSide const& sources = sides.sources;
  ReachSide const& targets = sides.targets;
  std::vector<TravelTime> costs(sources.place.size());
  constexpr std::size_t kMostCells = 50'000'000;
  if (sources.nodes.size() * targets.nodes.size() <= kMostCells) {
    auto const table = geo::travel_table(customised, sources.nodes, targets.nodes, threads);
    for (std::size_t i = 0; i < costs.size(); ++i) {
      costs[i] = table.at(sources.place[i], targets.place[i]);
    }
    return costs;
  }
  std::vector<std::vector<std::size_t>> of_source(sources.nodes.size());
  for (std::size_t i = 0; i < costs.size(); ++i) {
    of_source[sources.place[i]].push_back(i);
  }
  for (std::size_t s = 0; s < sources.nodes.size(); ++s) {
    std::vector<NodeIndex> wanted;
    for (std::size_t const pair : of_source[s]) {
      wanted.push_back(targets.nodes[targets.place[pair]]);
    }
    auto const row = geo::travel_table(customised, {&sources.nodes[s], 1}, wanted, threads);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      costs[of_source[s][k]] = row.at(0, k);
    }
  }
  return costs;
}

void close_edges(std::size_t count, std::uint64_t seed, int threads, ReachNetwork& network,
                 geo::CustomisedHierarchy& customised, nlohmann::ordered_json& told) {
  Draw draw{seed, "closures"};
  std::vector<ReachEdge> edges;
  for (std::size_t i = 0; i < count && !network.edges.empty(); ++i) {
    edges.push_back(draw.of(network.edges));
  }
  Laps closing;
  Laps opening;
  for (ReachEdge const& edge : edges) {
    auto const closed = changes_of(edge, network, false);
    auto const opened = changes_of(edge, network, true);
    Stopwatch watch;
    (void)customised.update(closed, threads);
    closing.add(watch.lap());
    (void)customised.update(opened, threads);
    opening.add(watch.lap());
  }
  std::vector<geo::ArcChange> all;
  for (ReachEdge const& edge : edges) {
    auto const closed = changes_of(edge, network, false);
    all.insert(all.end(), closed.begin(), closed.end());
  }
  Stopwatch watch;
  (void)customised.update(all, threads);
  Lap const together = watch.lap();
  for (geo::ArcChange const& change : all) {
    network.times[change.arc.place] = change.time;
  }
  told = {{"edges", edges.size()},
          {"closing_one", closing.told()},
          {"opening_one", opening.told()},
          {"closing_all_seconds", together.seconds}};
}

bool compare_with_boost(std::size_t most_sources, ReachSides const& sides,
                        ReachNetwork const& network, geo::CustomisedHierarchy const& customised,
                        int threads, nlohmann::ordered_json& told) {
  if (BoostDijkstra::version().empty()) {
    told = {{"did_not_run", "Boost's headers were not there when this program was built"}};
    return true;
  }
  std::size_t const count = std::min(most_sources, sides.sources.nodes.size());
  std::span<NodeIndex const> const sources{sides.sources.nodes.data(), count};
  auto const table = geo::travel_table(customised, sources, sides.targets.nodes, threads);
  BoostDijkstra const boost{*network.graph, network.times};
  std::size_t unequal = 0;
  Lap spent;
  for (std::size_t s = 0; s < count; ++s) {
    Stopwatch watch;
    auto const times = boost.times_from(sources[s]);
    Lap const lap = watch.lap();
    spent.seconds += lap.seconds;
    spent.processor_seconds += lap.processor_seconds;
    for (std::size_t t = 0; t < sides.targets.nodes.size(); ++t) {
      if (table.at(s, t) != times[sides.targets.nodes[t].place]) {
        ++unequal;
      }
    }
  }
  double const scale =
      count > 0 ? static_cast<double>(sides.sources.nodes.size()) / static_cast<double>(count) : 0;
  told = {{"name", "Boost Graph " + BoostDijkstra::version() + ", dijkstra_shortest_paths"},
          {"sources_run", count},
          {"seconds", spent.seconds},
          {"processor_seconds", spent.processor_seconds},
          {"sources_asked", sides.sources.nodes.size()},
          {"seconds_scaled_to_all", spent.seconds * scale},
          {"processor_seconds_scaled_to_all", spent.processor_seconds * scale},
          {"cells_compared", count * sides.targets.nodes.size()},
          {"cells_unequal", unequal}};
  return unequal == 0;
}

}  // namespace guarantor::bench
