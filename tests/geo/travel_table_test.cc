#include "guarantor/geo/travel_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "guarantor/geo/shortest_paths.h"
#include "guarantor/model/random_stream.h"
#include "random_network.h"

namespace guarantor::geo {
namespace {

std::vector<NodeIndex> draw_nodes(RandomNetwork const& network, int most) {
  std::vector<NodeIndex> nodes(*rc::gen::inRange<std::size_t>(0, static_cast<std::size_t>(most)));
  auto const count = static_cast<std::uint32_t>(network.graph->node_count());
  for (NodeIndex& node : nodes) {
    node = NodeIndex{*rc::gen::inRange<std::uint32_t>(0, count)};
  }
  return nodes;
}

RC_GTEST_PROP(TravelTable, HoldsDijkstrasTimes, ()) {
  RandomNetwork const network = *random_network(150);
  auto const sources = draw_nodes(network, 40);
  auto const targets = draw_nodes(network, 40);
  TravelTable const table = travel_table(customised(network), sources, targets, 1);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    ShortestPathTree const tree{*network.graph, network.times, sources[s]};
    for (std::size_t t = 0; t < targets.size(); ++t) {
      RC_ASSERT(table.at(s, t) == tree.time(targets[t]));
    }
  }
}

RC_GTEST_PROP(TravelTable, IsTheSameOnTwoThreads, ()) {
  RandomNetwork const network = *random_network(150);
  auto const one = Hierarchy::prepare(network.graph, 1, {}).value();
  auto const two = Hierarchy::prepare(network.graph, 2, {}).value();
  RC_ASSERT(one->elimination().node_at == two->elimination().node_at);
  RC_ASSERT(one->elimination().rows == two->elimination().rows);
  auto const on_one = CustomisedHierarchy::customise(one, network.times, 1).value();
  auto const on_two = CustomisedHierarchy::customise(two, network.times, 2).value();
  RC_ASSERT(on_one.entry_times() == on_two.entry_times());
  auto const sources = draw_nodes(network, 60);
  RC_ASSERT(travel_table(on_one, sources, sources, 1) == travel_table(on_two, sources, sources, 2));
}

/// Large enough for cuts and fronts themselves to be shared out among threads.
RandomNetwork large_network(std::uint32_t width, std::uint32_t reach) {
  model::RandomStream stream{4, "large network"};
  std::vector<model::Position> positions;
  std::vector<RoutingArc> arcs;
  ArcTimes times;
  for (std::uint32_t n = 0; n < width * width; ++n) {
    positions.push_back({model::Degrees{0.01 * (n % width)}, model::Degrees{0.01 * (n / width)}});
    for (std::uint32_t step = 1; step <= reach; ++step) {
      for (std::uint32_t const head : {n + step, n + step * width}) {
        if (head < width * width) {
          arcs.push_back({NodeIndex{n}, NodeIndex{head}});
          arcs.push_back({NodeIndex{head}, NodeIndex{n}});
          times.push_back(TravelTime{stream.bits() % 1'000});
          times.push_back(TravelTime{stream.bits() % 1'000});
        }
      }
    }
  }
  return {std::make_shared<RoutingGraph const>(
              RoutingGraph::build(std::move(positions), std::move(arcs)).value()),
          std::move(times)};
}

TEST(TravelTable, IsTheSameOnTwoThreadsWhereTheySharePieces) {
  for (RandomNetwork const& network : {large_network(50, 1), large_network(34, 20)}) {
    auto const one = Hierarchy::prepare(network.graph, 1, {}).value();
    auto const two = Hierarchy::prepare(network.graph, 2, {}).value();
    ASSERT_EQ(one->elimination().node_at, two->elimination().node_at);
    auto const on_one = CustomisedHierarchy::customise(one, network.times, 1).value();
    auto const on_two = CustomisedHierarchy::customise(two, network.times, 2).value();
    EXPECT_EQ(on_one.entry_times(), on_two.entry_times());
    EXPECT_EQ(one_to_all(on_two, NodeIndex{7}),
              ShortestPathTree(*network.graph, network.times, NodeIndex{7}).times());
  }
}

/// One-way arcs between any nodes at all, of which a tenth is closed: nothing that a map would
/// show.
RandomNetwork tangle(std::uint32_t nodes, std::uint32_t arcs_of_each) {
  model::RandomStream stream{4, "tangle"};
  auto const node = [&] { return NodeIndex{static_cast<std::uint32_t>(stream.bits() % nodes)}; };
  std::vector<model::Position> positions;
  std::vector<RoutingArc> arcs;
  ArcTimes times;
  for (std::uint32_t n = 0; n < nodes; ++n) {
    positions.push_back({model::Degrees{stream.uniform()}, model::Degrees{stream.uniform()}});
    for (std::uint32_t a = 0; a < arcs_of_each; ++a) {
      NodeIndex const tail = node();
      arcs.push_back({tail, node()});
      times.push_back(stream.bits() % 10 == 0 ? kNever : TravelTime{stream.bits() % 1'000});
    }
  }
  return {std::make_shared<RoutingGraph const>(
              RoutingGraph::build(std::move(positions), std::move(arcs)).value()),
          std::move(times)};
}

TEST(TravelTable, HoldsDijkstrasTimesForTenThousandPairsOfEachGraph) {
  for (RandomNetwork const& network :
       {large_network(45, 1), large_network(20, 6), tangle(2'000, 1), tangle(400, 3)}) {
    model::RandomStream stream{4, "pairs of nodes"};
    std::vector<NodeIndex> sources(100);
    std::vector<NodeIndex> targets(100);
    for (std::vector<NodeIndex>* const nodes : {&sources, &targets}) {
      for (NodeIndex& node : *nodes) {
        node = {static_cast<std::uint32_t>(stream.bits() % network.graph->node_count())};
      }
    }
    TravelTable const table = travel_table(customised(network), sources, targets, 2);
    std::size_t reached = 0;
    for (std::size_t s = 0; s < sources.size(); ++s) {
      ShortestPathTree const tree{*network.graph, network.times, sources[s]};
      for (std::size_t t = 0; t < targets.size(); ++t) {
        ASSERT_EQ(table.at(s, t), tree.time(targets[t]));
        reached += table.at(s, t).reached() ? 1U : 0U;
      }
    }
    EXPECT_GT(reached, 0U);
  }
}

RC_GTEST_PROP(CustomisedHierarchy, UpdatesToWhatCustomisingAnewGives, ()) {
  RandomNetwork network = *random_network(120);
  CustomisedHierarchy updated = customised(network);
  auto const arcs = static_cast<std::uint32_t>(network.graph->arc_count());
  RC_PRE(arcs > 0);
  for (int round = 0; round < 4; ++round) {
    std::vector<ArcChange> changes(*rc::gen::inRange<std::size_t>(0, 8));
    for (ArcChange& change : changes) {
      change = {ArcIndex{*rc::gen::inRange<std::uint32_t>(0, arcs)}, *random_time()};
      network.times[change.arc.place] = change.time;
    }
    RC_ASSERT(updated.update(changes, 1).ok());
    auto const anew =
        CustomisedHierarchy::customise(
            std::shared_ptr<Hierarchy const>{std::shared_ptr<void>{}, &updated.hierarchy()},
            network.times, 2)
            .value();
    RC_ASSERT(updated.times() == network.times);
    RC_ASSERT(updated.entry_times() == anew.entry_times());
  }
}

}  // namespace
}  // namespace guarantor::geo
