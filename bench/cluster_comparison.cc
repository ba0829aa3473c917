#include "bench/cluster_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace guarantor::bench {
namespace {

constexpr std::int32_t kNoise = watch::DensityClusters::kNoise;

/// Core points by how far east they lie.
class CoreStrip {
 public:
  CoreStrip(std::span<geo::PlanePoint const> places, watch::DensityClusters const& ours)
      : places_{places} {
    for (std::uint32_t point = 0; point < places.size(); ++point) {
      if (ours.core[point] == 1) {
        cores_.push_back(point);
      }
    }
    std::ranges::sort(cores_, {}, [&](std::uint32_t point) { return places[point].east; });
  }

  [[nodiscard]] bool has(std::uint32_t point, std::int32_t cluster, double eps_m,
                         PeerLabels const& peer) const {
    // A peer may take the root of the squares, and round once more.
    constexpr double kRounding = 1 + 1e-12;
    double const most = eps_m * eps_m * kRounding;
    geo::PlanePoint const place = places_[point];
    auto const east = [&](std::uint32_t core) { return places_[core].east; };
    auto core = std::ranges::lower_bound(cores_, place.east - eps_m * kRounding, {}, east);
    for (; core != cores_.end() && east(*core) <= place.east + eps_m * kRounding; ++core) {
      double const across = places_[*core].east - place.east;
      double const along = places_[*core].north - place.north;
      if (peer.cluster[*core] == cluster && across * across + along * along <= most) {
        return true;
      }
    }
    return false;
  }

 private:
  std::span<geo::PlanePoint const> places_;
  std::vector<std::uint32_t> cores_;
};

}  // namespace

std::optional<std::string> find_difference(std::span<geo::PlanePoint const> places, double eps_m,
                                           watch::DensityClusters const& ours,
                                           PeerLabels const& peer) {
  if (peer.cluster.size() != places.size() ||
      (!peer.core.empty() && peer.core.size() != places.size())) {
    return fmt::format("{} labels for {} points", peer.cluster.size(), places.size());
  }
  CoreStrip const strip{places, ours};
  std::unordered_map<std::int32_t, std::int32_t> theirs_of;
  std::unordered_map<std::int32_t, std::int32_t> ours_of;
  for (std::uint32_t point = 0; point < places.size(); ++point) {
    std::int32_t const mine = ours.cluster[point];
    std::int32_t const theirs = peer.cluster[point];
    if ((mine == kNoise) != (theirs == kNoise)) {
      return fmt::format("point {} is noise for one alone", point);
    }
    if (!peer.core.empty() && peer.core[point] != ours.core[point]) {
      return fmt::format("point {} is a core point for one alone", point);
    }
    if (ours.core[point] == 1) {
      auto const [forth, fresh_forth] = theirs_of.try_emplace(mine, theirs);
      auto const [back, fresh_back] = ours_of.try_emplace(theirs, mine);
      if (forth->second != theirs || back->second != mine) {
        return fmt::format("core point {} lies in another cluster", point);
      }
    } else if (mine != kNoise && !strip.has(point, theirs, eps_m, peer)) {
      return fmt::format("border point {} has no core point of its cluster near it", point);
    }
  }
  return std::nullopt;
}

}  // namespace guarantor::bench
