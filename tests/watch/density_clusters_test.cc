#include "guarantor/watch/density_clusters.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"

namespace guarantor::watch {
namespace {

using std::chrono::days;

constexpr std::int32_t kNoise = DensityClusters::kNoise;

model::Date on(int day) {
  return model::Date{days{day}};
}

Density dense(double eps, std::uint32_t min_points, std::optional<int> within = std::nullopt) {
  Density density{.nearness = {.eps = model::Metres{eps}}, .min_points = min_points};
  if (within) {
    density.nearness.days = days{*within};
  }
  return density;
}

DensityClusters clusters_of(std::vector<geo::PlanePoint> const& points,
                            std::vector<model::Date> const& dates, Density density,
                            int threads = 1) {
  auto const made = cluster_by_density(points, dates, density, threads);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return made.value();
}

/// The loop of the textbook, looking at all pairs.
class Textbook {
 public:
  Textbook(std::vector<geo::PlanePoint> const& points, std::vector<model::Date> const& dates,
           Density density)
      : points_{points}, dates_{dates}, density_{density} {
    clusters_.cluster.assign(points.size(), kNoise);
    for (std::size_t p = 0; p < points.size(); ++p) {
      clusters_.core.push_back(near(p).size() >= density.min_points ? 1 : 0);
    }
    for (std::size_t p = 0; p < points.size(); ++p) {
      if (clusters_.core[p] == 1 && clusters_.cluster[p] == kNoise) {
        expand(p, static_cast<std::int32_t>(clusters_.count++));
      }
    }
  }
  [[nodiscard]] DensityClusters const& clusters() const { return clusters_; }
  [[nodiscard]] std::vector<std::size_t> near(std::size_t p) const {
    std::vector<std::size_t> found;
    double const eps = density_.nearness.eps.count();
    for (std::size_t q = 0; q < points_.size(); ++q) {
      double const east = points_[p].east - points_[q].east;
      double const north = points_[p].north - points_[q].north;
      if (east * east + north * north <= eps * eps &&
          (!density_.nearness.days ||
           std::chrono::abs(dates_[p] - dates_[q]) <= *density_.nearness.days)) {
        found.push_back(q);
      }
    }
    return found;
  }

 private:
  void expand(std::size_t seed, std::int32_t cluster) {
    std::vector<std::size_t> open{seed};
    while (!open.empty()) {
      std::size_t const p = open.back();
      open.pop_back();
      if (clusters_.cluster[p] != kNoise) {
        continue;
      }
      clusters_.cluster[p] = cluster;
      if (clusters_.core[p] == 1) {
        for (std::size_t const q : near(p)) {
          open.push_back(q);
        }
      }
    }
  }

  std::vector<geo::PlanePoint> const& points_;
  std::vector<model::Date> const& dates_;
  Density density_;
  DensityClusters clusters_;
};

/// Draws clusters: each letter a point, 10 m from the next letter and line; A a core point of the
/// first cluster, a a border point of it, B and b of the second, * noise. Fails where what is found
/// draws another picture.
void expect_drawn(std::vector<std::string> const& drawing, Density density) {
  std::vector<geo::PlanePoint> points;
  for (std::size_t row = 0; row < drawing.size(); ++row) {
    for (std::size_t column = 0; column < drawing[row].size(); ++column) {
      if (drawing[row][column] != ' ') {
        points.push_back({10.0 * static_cast<double>(column), -10.0 * static_cast<double>(row)});
      }
    }
  }
  auto const found = clusters_of(points, {}, density);
  auto drawn = drawing;
  std::size_t next = 0;
  for (std::string& line : drawn) {
    for (char& letter : line) {
      if (letter != ' ') {
        auto const cluster = found.cluster[next];
        char const first = found.core[next++] == 1 ? 'A' : 'a';
        letter = cluster == kNoise ? '*' : static_cast<char>(first + cluster);
      }
    }
  }
  EXPECT_EQ(drawn, drawing);
}

TEST(DensityClusters, ACoreWithItsBorder) {
  expect_drawn({" a   ",  //
                "aAa *",  //
                " a   "},
               dense(10, 5));
}

TEST(DensityClusters, AStreetIsCoreButForItsEnds) {
  expect_drawn({"aAAAAAAa",  //
                "        ",  //
                "** bBb *"},
               dense(10, 3));
}

TEST(DensityClusters, APointBetweenTwoBelongsToTheFirst) {
  expect_drawn({" a b ",  //
                "aAaBb",  //
                " a b "},
               dense(10, 4));
}

TEST(DensityClusters, DiagonalsCountFromTheirLengthOn) {
  std::vector<std::string> const steps{"A  ",  //
                                       " A ",  //
                                       "  A"};
  expect_drawn(steps, dense(14.15, 2));
  expect_drawn({"*  ",  //
                " * ",  //
                "  *"},
               dense(14.14, 2));
}

TEST(DensityClusters, ClustersAreNumberedByTheirFirstCorePoint) {
  expect_drawn({"        a ",  //
                " b     aAa",  // a border point of the second before the first's core
                "bBb     a ",  //
                " b        "},
               dense(10, 5));
}

TEST(DensityClusters, ADistanceOfExactlyEpsIsNear) {
  std::vector<geo::PlanePoint> const points{{0, 0}, {3, 4}, {-3, -4}, {4, -3}};
  EXPECT_EQ(clusters_of(points, {}, dense(5, 4)).core, (std::vector<std::uint8_t>{1, 0, 0, 0}));
  EXPECT_EQ(clusters_of(points, {}, dense(4.999'999, 2)).count, 0U);
}

TEST(DensityClusters, DuplicatesCountEach) {
  std::vector<geo::PlanePoint> const points(5, {7, 7});
  EXPECT_EQ(clusters_of(points, {}, dense(0.001, 5)).count, 1U);
  EXPECT_EQ(clusters_of(points, {}, dense(1e6, 6)).count, 0U);
}

TEST(DensityClusters, NearInPlaceIsNotEnoughWhereDaysCount) {
  std::vector<geo::PlanePoint> const points(6, {0, 0});
  std::vector<model::Date> const dates{on(2), on(0), on(1), on(3), on(10), on(11)};
  auto const found = clusters_of(points, dates, dense(1, 3, 1));
  EXPECT_EQ(found.cluster, (std::vector<std::int32_t>{0, 0, 0, 0, kNoise, kNoise}));
  EXPECT_EQ(found.core, (std::vector<std::uint8_t>{1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(clusters_of(points, dates, dense(1, 2, 0)).count, 0U);
  EXPECT_EQ(clusters_of(points, dates, dense(1, 6, 11)).core, std::vector<std::uint8_t>(6, 1));
}

TEST(DensityClusters, FarApartInPlaceAndTime) {
  // So many boxes that place and number do not fit into one word.
  geo::PlanePoint const here{0, 0};
  geo::PlanePoint const there{3e7, 3e7};
  auto const found =
      clusters_of({here, there, here, there, here, there, here},
                  {on(0), on(900), on(0), on(900), on(0), on(900), on(9)}, dense(0.5, 3, 0));
  EXPECT_EQ(found.cluster, (std::vector<std::int32_t>{0, 1, 0, 1, 0, 1, kNoise}));
}

TEST(DensityClusters, NothingMakesNoCluster) {
  auto const found = clusters_of({}, {}, dense(1, 1));
  EXPECT_EQ(found.count, 0U);
  EXPECT_TRUE(found.cluster.empty());
  EXPECT_EQ(clusters_of({{5, 5}}, {}, dense(1, 1)).cluster, std::vector<std::int32_t>{0});
}

TEST(DensityClusters, RefusesWhatIsNoQuestion) {
  double const none = std::numeric_limits<double>::quiet_NaN();
  std::vector<geo::PlanePoint> const points{{0, 0}, {1e9, 0}};
  auto const refused = [](std::vector<geo::PlanePoint> const& asked, Density density) {
    auto const made = cluster_by_density(asked, {}, density, 1);
    return !made.ok() && made.error().kind == model::ErrorKind::kBadInput;
  };
  EXPECT_TRUE(refused(points, dense(0, 1)));
  EXPECT_TRUE(refused(points, dense(-1, 1)));
  EXPECT_TRUE(refused(points, dense(none, 1)));
  EXPECT_TRUE(refused(points, dense(1, 0)));
  EXPECT_TRUE(refused(points, dense(1, 1, 3)));  // no dates
  EXPECT_TRUE(refused(points, dense(0.1, 1)));   // ten thousand million boxes
  EXPECT_FALSE(refused(points, dense(1, 1)));
  EXPECT_TRUE(refused({{0, none}}, dense(1, 1)));
  EXPECT_TRUE(refused({{std::numeric_limits<double>::infinity(), 0}}, dense(1, 1)));
  EXPECT_FALSE(cluster_by_density(points, std::vector{on(0), on(1)}, dense(1, 1, -1), 1).ok());
}

struct Drawn {
  std::vector<geo::PlanePoint> points;
  std::vector<model::Date> dates;
  Density density;
};

/// Few places, so that many points share one and many distances are exactly eps.
Drawn draw() {
  Drawn drawn;
  int const width = *rc::gen::element(1, 4, 12, 60);
  // So far off that boxes and days together do not fit into one word.
  double const far = *rc::gen::element(0.0, 3e7);
  int const count = *rc::gen::inRange(0, 120);
  for (int i = 0; i < count; ++i) {
    double const corner = *rc::gen::element(0.0, far);
    drawn.points.push_back({corner + *rc::gen::inRange(0, width + 1),
                            corner / 2 + *rc::gen::inRange(0, width + 1) / 2.0});
    drawn.dates.push_back(on(*rc::gen::inRange(-4, 5) * *rc::gen::element(1, 1, 100)));
  }
  drawn.density = dense(*rc::gen::element(0.5, 1.0, 2.5, 5.0, 13.0),
                        static_cast<std::uint32_t>(*rc::gen::inRange(1, 8)));
  if (*rc::gen::arbitrary<bool>()) {
    drawn.density.nearness.days = days{*rc::gen::inRange(0, 4)};
  }
  return drawn;
}

RC_GTEST_PROP(DensityClustersProperty, LabelsAreThoseOfTheTextbook, ()) {
  Drawn const drawn = draw();
  Textbook const textbook{drawn.points, drawn.dates, drawn.density};
  auto const found = clusters_of(drawn.points, drawn.dates, drawn.density);
  RC_ASSERT(found.core == textbook.clusters().core);
  RC_ASSERT(found.cluster == textbook.clusters().cluster);
  RC_ASSERT(found.count == textbook.clusters().count);
}

/// The core points of each cluster, and noise, by the points' names.
std::set<std::set<std::size_t>> partition_of(DensityClusters const& found,
                                             std::vector<std::size_t> const& names) {
  std::map<std::int32_t, std::set<std::size_t>> members;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (found.core[i] == 1 || found.cluster[i] == kNoise) {
      members[found.cluster[i]].insert(names[i]);
    }
  }
  std::set<std::set<std::size_t>> partition;
  for (auto const& [cluster, names_in] : members) {
    partition.insert(names_in);
  }
  return partition;
}

RC_GTEST_PROP(DensityClustersProperty, AnotherOrderGivesTheSameCoresAndNoise, ()) {
  Drawn const drawn = draw();
  std::vector<std::size_t> names(drawn.points.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = i;
  }
  auto const before = clusters_of(drawn.points, drawn.dates, drawn.density);
  auto const expected = partition_of(before, names);
  model::RandomStream stream{*rc::gen::arbitrary<std::uint64_t>(), "order"};
  for (std::size_t i = names.size(); i > 1; --i) {
    auto const other = static_cast<std::size_t>(stream.uniform() * static_cast<double>(i));
    std::swap(names[i - 1], names[other]);
  }
  std::vector<geo::PlanePoint> points;
  std::vector<model::Date> dates;
  for (std::size_t const name : names) {
    points.push_back(drawn.points[name]);
    dates.push_back(drawn.dates[name]);
  }
  RC_ASSERT(partition_of(clusters_of(points, dates, drawn.density), names) == expected);
}

/// Two crowds, each in few boxes, that come within eps of each other hardly or not at all.
RC_GTEST_PROP(DensityClustersProperty, CrowdsThatHardlyTouch, ()) {
  model::RandomStream stream{*rc::gen::arbitrary<std::uint64_t>(), "crowds"};
  double const eps = 10;
  double const gap = *rc::gen::element(9.5, 9.9, 9.99, 10.0, 10.01);
  bool const upright = *rc::gen::arbitrary<bool>();
  bool const timed = *rc::gen::arbitrary<bool>();
  std::vector<geo::PlanePoint> points;
  std::vector<model::Date> dates;
  for (int i = 0; i < 400; ++i) {
    double const side = i % 2 == 0 ? -1.0 - stream.uniform() : gap - 1.0 + stream.uniform();
    double const along = 6 * stream.uniform();
    points.push_back(upright ? geo::PlanePoint{along, side} : geo::PlanePoint{side, along});
    dates.push_back(on(static_cast<int>(4 * stream.uniform()) + (i % 2) * 2));
  }
  auto const density = dense(eps, 3, timed ? std::optional{2} : std::nullopt);
  RC_ASSERT(clusters_of(points, dates, density) == Textbook(points, dates, density).clusters());
}

TEST(DensityClusters, AnyNumberOfThreadsGivesTheSame) {
  model::RandomStream stream{7, "threads"};
  std::vector<geo::PlanePoint> points;
  std::vector<model::Date> dates;
  for (int i = 0; i < 12'000; ++i) {
    // Thousands of boxes, some of them crowded.
    double const spread = i % 3 == 0 ? 1'000 : 100;
    points.push_back({spread * stream.uniform(), spread * stream.uniform()});
    dates.push_back(on(static_cast<int>(20 * stream.uniform())));
  }
  for (Density const density : {dense(6, 4), dense(9, 4, 3), dense(2, 3)}) {
    auto const expected = clusters_of(points, dates, density, 1);
    EXPECT_GT(expected.count, 5U);
    for (int const threads : {2, 3, 8}) {
      EXPECT_EQ(clusters_of(points, dates, density, threads), expected);
    }
  }
  auto const density = dense(6, 4);
  EXPECT_EQ(clusters_of(points, dates, density, 2), Textbook(points, dates, density).clusters());
}

}  // namespace
}  // namespace guarantor::watch
