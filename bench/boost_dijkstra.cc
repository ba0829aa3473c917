#include "bench/boost_dijkstra.h"

#ifdef GUARANTOR_BOOST_GRAPH

#include <fmt/format.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/version.hpp>
#include <cstdint>
#include <utility>

namespace guarantor::bench {
namespace {

struct Weight {
  std::uint32_t milliseconds;
};
using Rows = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight,
                                                boost::no_property, std::uint32_t, std::uint32_t>;

}  // namespace

struct BoostDijkstra::Graph {
  Rows rows;
};

std::string BoostDijkstra::version() {
  constexpr int kMajor = 100'000;
  constexpr int kMinor = 100;
  return fmt::format("{}.{}", BOOST_VERSION / kMajor, BOOST_VERSION / kMinor % (kMajor / kMinor));
}

BoostDijkstra::BoostDijkstra(geo::RoutingGraph const& graph, geo::ArcTimes const& times) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  std::vector<Weight> weights;
  for (std::uint32_t tail = 0; tail < graph.node_count(); ++tail) {
    for (geo::LeavingArc const& leaving : graph.leaving({tail})) {
      if (geo::TravelTime const time = times[leaving.arc.place]; time.reached()) {
        arcs.emplace_back(tail, leaving.head.place);
        weights.push_back({time.count()});
      }
    }
  }
  graph_ = std::make_unique<Graph>(
      Graph{Rows{boost::edges_are_sorted, arcs.begin(), arcs.end(), weights.begin(),
                 static_cast<std::uint32_t>(graph.node_count())}});
}

BoostDijkstra::~BoostDijkstra() = default;

std::vector<geo::TravelTime> BoostDijkstra::times_from(geo::NodeIndex source) const {
  std::vector<std::uint32_t> distances(num_vertices(graph_->rows));
  boost::dijkstra_shortest_paths(
      graph_->rows, source.place,
      boost::weight_map(boost::get(&Weight::milliseconds, graph_->rows))
          .distance_map(boost::make_iterator_property_map(
              distances.begin(), boost::get(boost::vertex_index, graph_->rows)))
          .distance_inf(std::uint32_t{geo::TravelTime::kNeverCount}));
  std::vector<geo::TravelTime> times;
  times.reserve(distances.size());
  for (std::uint32_t const distance : distances) {
    times.emplace_back(distance);
  }
  return times;
}

}  // namespace guarantor::bench

#else

namespace guarantor::bench {

struct BoostDijkstra::Graph {};

std::string BoostDijkstra::version() {
  return {};
}

BoostDijkstra::BoostDijkstra(geo::RoutingGraph const& /*graph*/, geo::ArcTimes const& /*times*/) {}

BoostDijkstra::~BoostDijkstra() = default;

std::vector<geo::TravelTime> BoostDijkstra::times_from(geo::NodeIndex /*source*/) const {
  return {};
}

}  // namespace guarantor::bench

#endif
