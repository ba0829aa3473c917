#include "guarantor/tables/osm_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

#include "guarantor/model/ground_length.h"

namespace guarantor::tables {
namespace {

using Nodes = std::span<std::uint32_t const>;

Nodes nodes_of(OsmTakenWay const& way, std::vector<std::uint32_t> const& nodes) {
  return Nodes{nodes}.subspan(way.first_node, way.nodes);
}

/// Shows the parts of a way whose nodes all have positions, of two nodes or more.
template <class Show>
void for_each_run(Nodes way, OsmNodePlaces const& places, Show const& show) {
  std::size_t first = 0;
  for (std::size_t i = 0; i <= way.size(); ++i) {
    if (i == way.size() || !places.is_located(way[i])) {
      if (i - first >= 2) {
        show(way.subspan(first, i - first));
      }
      first = i + 1;
    }
  }
}

/// Which nodes ways are cut at: a way begins or ends there, or two meet, or one comes by twice.
std::vector<std::uint8_t> count_uses(std::vector<OsmTakenWay> const& ways,
                                     std::vector<std::uint32_t> const& nodes,
                                     OsmNodePlaces const& places) {
  constexpr std::uint8_t kEnough = 2;
  std::vector<std::uint8_t> uses(places.size());
  for (OsmTakenWay const& way : ways) {
    for_each_run(nodes_of(way, nodes), places, [&](Nodes run) {
      for (std::uint32_t const node : run) {
        uses[node] = std::min<std::uint8_t>(uses[node] + 1, kEnough);
      }
      uses[run.front()] = uses[run.back()] = kEnough;
    });
  }
  for (std::uint8_t& count : uses) {
    count = count == kEnough ? 1 : 0;
  }
  return uses;
}

/// How many links the ways make: what grows while it is filled would take twice its room.
std::size_t count_links(std::vector<OsmTakenWay> const& ways,
                        std::vector<std::uint32_t> const& nodes, OsmNodePlaces const& places,
                        std::vector<std::uint8_t> const& cut) {
  std::size_t links = 0;
  for (OsmTakenWay const& way : ways) {
    for_each_run(nodes_of(way, nodes), places, [&](Nodes run) {
      links += static_cast<std::size_t>(std::count_if(
                   run.begin(), run.end(), [&](std::uint32_t node) { return cut[node] != 0; })) -
               1;
    });
  }
  return links;
}

class LinkMaker {
 public:
  LinkMaker(OsmNodePlaces const& places, std::vector<std::uint8_t> const& cut,
            model::Network& network)
      : places_{places}, cut_{cut}, network_{network}, number_(places.size()) {
    for (std::uint32_t place = 0; place < places.size(); ++place) {
      if (cut[place] != 0) {
        number_[place] = static_cast<std::uint32_t>(network.positions.size());
        network.positions.push_back(places.position(place));
      }
    }
    network.node_names.resize(network.positions.size());
  }

  void add(OsmTakenWay const& way, Nodes run, std::string const& name) {
    std::uint32_t from = run.front();
    double metres = 0;
    for (std::size_t i = 1; i < run.size(); ++i) {
      metres +=
          model::ground_length(places_.position(run[i - 1]), places_.position(run[i])).count();
      if (cut_[run[i]] != 0) {
        add_link(way, from, run[i], metres);
        network_.link_names.push_back(name);
        from = run[i];
        metres = 0;
      }
    }
  }

 private:
  void add_link(OsmTakenWay const& way, std::uint32_t from, std::uint32_t to, double metres) {
    bool const backward = way.direction == OsmDirection::kBackward;
    network_.links.push_back({.from = number_[backward ? to : from],
                              .to = number_[backward ? from : to],
                              .length_m = static_cast<float>(metres),
                              .speeds = way.speeds,
                              .load_class_t = way.load_class_t,
                              .mode = way.mode,
                              .one_way = way.direction != OsmDirection::kBoth,
                              .ferry = way.mode == model::LinkMode::kSea});
  }

  OsmNodePlaces const& places_;
  std::vector<std::uint8_t> const& cut_;
  model::Network& network_;
  std::vector<std::uint32_t> number_;  ///< in the network, by place
};

void note_gaps(OsmTakenWay const& way, Nodes nodes, OsmNodePlaces const& places,
               OsmFindings& findings) {
  for (std::uint32_t const node : nodes) {
    if (places.is_located(node)) {
      continue;
    }
    bool const off = places.is_off_earth(node);
    findings.note(off ? OsmTrouble::kNodeOffEarth : OsmTrouble::kNodeMissing, [&] {
      return fmt::format("way {} leads over node {}, which {}; it is cut there", way.id,
                         places.id(node), off ? "has no position on earth" : "is not in the file");
    });
  }
}

/// Which nodes hang together, by one of them for all.
class Parts {
 public:
  explicit Parts(std::size_t count) : above_(count) { std::iota(above_.begin(), above_.end(), 0U); }

  std::uint32_t of(std::uint32_t node) {
    while (above_[node] != node) {
      node = above_[node] = above_[above_[node]];
    }
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    std::uint32_t const one = of(a);
    std::uint32_t const other = of(b);
    above_[std::max(one, other)] = std::min(one, other);
  }

 private:
  std::vector<std::uint32_t> above_;
};

/// Notes every part of the network's nodes from `first_node` on but the largest, by a way of it.
void note_islands(std::size_t first_node, std::size_t first_link,
                  std::vector<std::int64_t> const& way_of_link, model::Network const& network,
                  OsmFindings& findings) {
  auto const base = static_cast<std::uint32_t>(first_node);
  std::size_t const count = network.positions.size() - first_node;
  Parts parts{count};
  for (std::size_t l = first_link; l < network.links.size(); ++l) {
    parts.join(network.links[l].from - base, network.links[l].to - base);
  }
  std::vector<std::uint32_t> size(count);
  for (std::uint32_t n = 0; n < count; ++n) {
    ++size[parts.of(n)];
  }
  auto const largest =
      static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
  for (std::size_t l = first_link; l < network.links.size(); ++l) {
    std::uint32_t const part = parts.of(network.links[l].from - base);
    if (part == largest || size[part] == 0) {
      continue;
    }
    findings.counts.island_nodes += size[part];
    findings.note(OsmTrouble::kIsland, [&] {
      return fmt::format(
          "nothing joins way {} and what hangs together with it, {} nodes, to the {} "
          "nodes of the largest part",
          way_of_link[l - first_link], size[part], size[largest]);
    });
    size[part] = 0;  // told
  }
}

}  // namespace

void add_links(std::vector<OsmTakenWay> const& ways, std::vector<std::uint32_t> const& nodes,
               OsmNodePlaces const& places, std::vector<std::string> const& names,
               model::Network& network, OsmFindings& findings) {
  std::size_t const first_node = network.positions.size();
  std::size_t const first_link = network.links.size();
  auto const cut = count_uses(ways, nodes, places);
  std::size_t const links = first_link + count_links(ways, nodes, places, cut);
  network.links.reserve(links);
  network.link_names.reserve(links);
  LinkMaker maker{places, cut, network};
  std::vector<std::int64_t> way_of_link;
  way_of_link.reserve(links - first_link);
  for (OsmTakenWay const& way : ways) {
    Nodes const its = nodes_of(way, nodes);
    note_gaps(way, its, places, findings);
    std::size_t const before = network.links.size();
    for_each_run(its, places, [&](Nodes run) { maker.add(way, run, names[way.name]); });
    if (network.links.size() == before) {
      ++findings.counts[OsmDrop::kMissing];
    } else {
      ++findings.counts.taken[static_cast<std::size_t>(way.mode)];
    }
    way_of_link.resize(network.links.size() - first_link, way.id);
  }
  note_islands(first_node, first_link, way_of_link, network, findings);
}

}  // namespace guarantor::tables
