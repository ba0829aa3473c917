#include "guarantor/geo/mover_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "guarantor/model/spelling.h"

namespace guarantor::geo {
namespace {

/// The links of a network by their names and by those of their ends.
class LinkNames {
 public:
  explicit LinkNames(TravelNetwork const& network) : network_{network} {
    for (std::uint32_t l = 0; l < network.network().links.size(); ++l) {
      model::NetworkLink const& link = network.network().links[l];
      by_name_[network.name(LinkIndex{l})].push_back({l});
      std::string const from = network.name(PlaceIndex{link.from});
      std::string const to = network.name(PlaceIndex{link.to});
      by_name_[fmt::format("{}:{}", from, to)].push_back({l});
      by_name_[fmt::format("{}:{}", to, from)].push_back({l});
    }
  }

  [[nodiscard]] model::Result<std::vector<LinkIndex>> find(std::string const& name) const {
    auto const found = by_name_.find(name);
    if (found != by_name_.end()) {
      auto links = found->second;
      std::sort(links.begin(), links.end());
      links.erase(std::unique(links.begin(), links.end()), links.end());
      return links;
    }
    std::vector<std::string_view> candidates;
    for (auto const& [known, links] : by_name_) {
      candidates.push_back(known);
    }
    auto const near = model::closest(name, candidates);
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("the network has no link `{}`", name),
                        near ? fmt::format("did you mean `{}`?", *near)
                             : "name a link, or its two ends as FROM:TO"};
  }

 private:
  TravelNetwork const& network_;
  std::map<std::string, std::vector<LinkIndex>, std::less<>> by_name_;
};

LinkCondition after(LinkCondition condition, LinkChange const& change) {
  switch (change.act) {
    case LinkAct::kOpen:
      return {};
    case LinkAct::kClose:
      condition.closed = true;
      break;
    case LinkAct::kSlow:
      condition.speed_share *= change.factor;
      break;
  }
  return condition;
}

}  // namespace

model::Result<std::vector<LinkChange>> find_links(TravelNetwork const& network,
                                                  std::span<LinkOrder const> orders) {
  std::vector<LinkChange> changes;
  if (orders.empty()) {
    return changes;
  }
  LinkNames const names{network};
  for (LinkOrder const& order : orders) {
    if (order.act == LinkAct::kSlow && !(order.factor > 0 && order.factor <= 1)) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format("`{}` cannot be slowed to {} of its speed", order.link, order.factor),
          "a factor is above 0 and at most 1; what cannot be used at all is closed"};
    }
    auto links = names.find(order.link);
    if (!links.ok()) {
      return links.error();
    }
    for (LinkIndex const link : links.value()) {
      changes.push_back({link, order.act, order.factor});
    }
  }
  return changes;
}

model::Result<MoverNetwork> MoverNetwork::make(std::shared_ptr<TravelNetwork const> network,
                                               std::shared_ptr<Hierarchy const> hierarchy,
                                               Mover mover, int threads) {
  auto customised =
      CustomisedHierarchy::customise(std::move(hierarchy), network->times(mover), threads);
  if (!customised.ok()) {
    return customised.error();
  }
  return MoverNetwork{std::move(network), mover, std::move(customised).value()};
}

MoverNetwork::MoverNetwork(std::shared_ptr<TravelNetwork const> network, Mover mover,
                           CustomisedHierarchy customised)
    : network_{std::move(network)}, mover_{mover}, customised_{std::move(customised)} {
  auto const links = static_cast<std::uint32_t>(network_->network().links.size());
  conditions_.reserve(links);
  for (std::uint32_t l = 0; l < links; ++l) {
    conditions_.push_back(network_->condition({l}));
  }
  usable_ = find_usable();
  served_.assign(network_->network().positions.size(), false);
  for (std::uint32_t p = 0; p < served_.size(); ++p) {
    served_[p] = !doors({p}).empty();
  }
}

model::Result<model::Done> MoverNetwork::apply(std::span<LinkChange const> changes, int threads) {
  std::set<LinkIndex> touched;
  for (LinkChange const& change : changes) {
    if (change.link.place >= conditions_.size()) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("there is no link {}", change.link.place + 1)};
    }
    conditions_[change.link.place] = after(conditions_[change.link.place], change);
    touched.insert(change.link);
  }
  std::vector<ArcChange> arcs;
  for (LinkIndex const link : touched) {
    TravelTime const time = network_->time(link, mover_, conditions_[link.place]);
    for (ArcIndex const arc : network_->arcs_of(link)) {
      arcs.push_back({arc, time});
    }
  }
  auto updated = customised_.update(arcs, threads);
  if (!updated.ok()) {
    return updated.error();
  }
  return model::Done{};
}

std::vector<bool> MoverNetwork::find_usable() const {
  RoutingGraph const& graph = *network_->graph();
  ArcTimes const open = network_->times_if_all_open(mover_);
  std::vector<bool> by_link(graph.node_count(), false);
  auto const each_open = [&](bool links, auto const& visit) {
    for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
      if (open[a].reached() && (network_->use({a}).change == Change::kNone) == links) {
        visit(graph.arc({a}).tail.place, graph.arc({a}).head.place);
      }
    }
  };
  each_open(true,
            [&](std::uint32_t tail, std::uint32_t head) { by_link[tail] = by_link[head] = true; });
  // A place where one can be loaded onto something that leads on.
  std::vector<bool> usable = by_link;
  each_open(false, [&](std::uint32_t tail, std::uint32_t head) {
    usable[tail] = usable[tail] || by_link[head];
    usable[head] = usable[head] || by_link[tail];
  });
  return usable;
}

std::vector<NodeIndex> MoverNetwork::doors(PlaceIndex place) const {
  auto const layers = network_->layers(place);
  bool const vehicle = goes_by_road(mover_.movement);
  std::vector<NodeIndex> found;
  for (std::uint32_t l = 0; l < layers.size(); ++l) {
    NodeIndex const node{network_->first_node(place).place + l};
    if (usable_[node.place] && (!vehicle || layers[l].kind == Layer::Kind::kRoad)) {
      found.push_back(node);
    }
  }
  return found;
}

}  // namespace guarantor::geo
