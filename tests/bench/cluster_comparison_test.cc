#include "bench/cluster_comparison.h"

#include <gtest/gtest.h>

#include <vector>

namespace guarantor::bench {
namespace {

/// Two streets of three, a point between them that is the border of both, and one apart.
struct Streets {
  std::vector<geo::PlanePoint> places{{0, 0},  {0, 1},  {0, 2},  {10, 1},
                                      {20, 0}, {20, 1}, {20, 2}, {99, 99}};
  watch::DensityClusters ours{
      .cluster = {0, 0, 0, 0, 1, 1, 1, -1}, .core = {1, 1, 1, 0, 1, 1, 1, 0}, .count = 2};

  [[nodiscard]] bool differs(PeerLabels const& peer) const {
    return find_difference(places, 10, ours, peer).has_value();
  }
};

TEST(ClusterComparison, OtherNumbersAndTheOtherClusterOfABorderPointAreTheSame) {
  Streets const streets;
  EXPECT_FALSE(streets.differs({.cluster = streets.ours.cluster, .core = streets.ours.core}));
  EXPECT_FALSE(streets.differs({.cluster = {7, 7, 7, 7, 3, 3, 3, -1}}));
  EXPECT_FALSE(streets.differs({.cluster = {7, 7, 7, 3, 3, 3, 3, -1}}));
}

TEST(ClusterComparison, TellsEveryRealDifference) {
  Streets const streets;
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 0, 0, 0, 0, 0, -1}}));   // joined
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 2, 0, 1, 1, 1, -1}}));   // parted
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 0, -1, 1, 1, 1, -1}}));  // noise
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 0, 0, 1, 1, 1, 0}}));    // no noise
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 0, 5, 1, 1, 1, -1}}));   // a cluster of its own
  EXPECT_TRUE(streets.differs({.cluster = {0, 0, 0, 0, 1, 1, 1}}));       // a label short
  EXPECT_TRUE(streets.differs({.cluster = streets.ours.cluster, .core = {1, 1, 1, 1, 1, 1, 1, 0}}));
}

TEST(ClusterComparison, ABorderPointNeedsACorePointWithinEps) {
  Streets const streets;
  EXPECT_TRUE(
      find_difference(streets.places, 9.9, streets.ours, {.cluster = streets.ours.cluster}));
}

}  // namespace
}  // namespace guarantor::bench
