#include "random_network.h"

#include <algorithm>
#include <utility>

namespace guarantor::geo {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

std::uint32_t below(std::uint32_t bound) {
  return *rc::gen::inRange<std::uint32_t>(0, bound);
}

std::vector<Edge> draw_shape(std::uint32_t count) {
  std::vector<Edge> edges;
  switch (*rc::gen::inRange(0, 7)) {
    case 0: {  // a grid
      std::uint32_t const width = 1 + below(8);
      for (std::uint32_t n = 0; n < count; ++n) {
        if (n % width + 1 < width && n + 1 < count) {
          edges.emplace_back(n, n + 1);
        }
        if (n + width < count) {
          edges.emplace_back(n, n + width);
        }
      }
      break;
    }
    case 1:  // a tree
      for (std::uint32_t n = 1; n < count; ++n) {
        edges.emplace_back(below(n), n);
      }
      break;
    case 2:  // a star
      for (std::uint32_t n = 1; n < count; ++n) {
        edges.emplace_back(0, n);
      }
      break;
    case 3:  // a ring
      for (std::uint32_t n = 0; n < count; ++n) {
        edges.emplace_back(n, (n + 1) % count);
      }
      break;
    case 4:  // islands
      for (std::uint32_t n = 0; n < count; ++n) {
        std::uint32_t const island = n / 7 * 7;
        edges.emplace_back(n, island + below(std::min<std::uint32_t>(7, count - island)));
      }
      break;
    case 5:  // everything joined
      count = std::min<std::uint32_t>(count, 18);
      for (std::uint32_t n = 0; n < count; ++n) {
        for (std::uint32_t m = 0; m < n; ++m) {
          edges.emplace_back(m, n);
        }
      }
      break;
    default:
      for (std::uint32_t e = below(4 * count + 1); e > 0; --e) {
        edges.emplace_back(below(count), below(count));
      }
  }
  return edges;
}

}  // namespace

rc::Gen<TravelTime> random_time() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::inRange(0, 1'000)),
                      [](std::pair<int, int> const& draw) {
                        if (draw.first == 0) {
                          return kNever;
                        }
                        bool const nothing = draw.first == 1;
                        // Few different times, so that ways of equal length abound.
                        bool const few = draw.first < 10;
                        auto const time = static_cast<std::uint64_t>(draw.second);
                        return TravelTime{nothing ? 0 : few ? time % 4 : time};
                      });
}

rc::Gen<RandomNetwork> random_network(std::uint32_t most) {
  return rc::gen::exec([most] {
    std::uint32_t const count = 1 + below(most);
    bool const one_place = below(10) == 0;
    std::vector<model::Position> positions;
    for (std::uint32_t n = 0; n < count; ++n) {
      positions.push_back({model::Degrees{one_place ? 30 : 0.01 * below(1'000)},
                           model::Degrees{one_place ? 50 : 45 + 0.01 * below(1'000)}});
    }
    std::vector<RoutingArc> arcs;
    ArcTimes times;
    auto const add = [&](std::uint32_t tail, std::uint32_t head) {
      arcs.push_back({NodeIndex{tail}, NodeIndex{head}});
      times.push_back(*random_time());
    };
    for (auto const& [one, other] : draw_shape(count)) {
      std::uint32_t const kind = below(8);
      if (kind != 0) {
        add(one, other);
      }
      if (kind != 1) {
        add(other, one);
      }
      if (kind == 2) {
        add(one, other);
      }
      if (kind == 3) {
        add(one, one);
      }
    }
    return RandomNetwork{std::make_shared<RoutingGraph const>(
                             RoutingGraph::build(std::move(positions), std::move(arcs)).value()),
                         std::move(times)};
  });
}

CustomisedHierarchy customised(RandomNetwork const& network) {
  return CustomisedHierarchy::customise(Hierarchy::prepare(network.graph, 1, {}).value(),
                                        network.times, 1)
      .value();
}

}  // namespace guarantor::geo
