#include "bench/siting_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <string>

#include "guarantor/model/random_stream.h"

namespace guarantor::bench {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

/// The least cost over all zeros and ones that keep the rows, read off the MPS text.
class Tried {
 public:
  explicit Tried(std::string const& mps) {
    std::istringstream in{mps};
    std::string section;
    for (std::string line; std::getline(in, line);) {
      std::istringstream words{line};
      std::string first;
      std::string second;
      std::string third;
      words >> first >> second >> third;
      if (line.front() != ' ') {
        section = first;
      } else if (section == "ROWS") {
        sense_[second] = first.front();
      } else if (section == "COLUMNS" && second != "'MARKER'") {
        entries_[first][second] = std::stod(third);
      } else if (section == "RHS") {
        right_[second] = std::stod(third);
      } else if (section == "BOUNDS") {
        EXPECT_EQ(first + " " + second, "UP BND");
      }
    }
  }

  [[nodiscard]] std::size_t columns() const { return entries_.size(); }

  [[nodiscard]] double least() const {
    double least = kNone;
    for (std::size_t choice = 0; choice < std::size_t{1} << entries_.size(); ++choice) {
      std::map<std::string, double> sums;
      std::size_t at = 0;
      for (auto const& [column, entries] : entries_) {
        for (auto const& [row, coefficient] : entries) {
          sums[row] += (choice >> at & 1U) != 0 ? coefficient : 0;
        }
        ++at;
      }
      bool kept = true;
      for (auto const& [row, sense] : sense_) {
        auto const right = right_.count(row) > 0 ? right_.at(row) : 0;
        double const over = sums[row] - right;
        kept =
            kept &&
            (sense == 'N' || (over <= 1e-9 && sense != 'G') || (over >= -1e-9 && sense != 'L')) &&
            (sense != 'E' || std::abs(over) <= 1e-9);
      }
      least = kept ? std::min(least, sums["cost"]) : least;
    }
    return least;
  }

 private:
  std::map<std::string, char> sense_;
  std::map<std::string, std::map<std::string, double>> entries_;
  std::map<std::string, double> right_;
};

std::size_t below(model::RandomStream& stream, std::size_t end) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(end));
}

/// Points with shortest ways between them, some of the same place.
MedianCase draw_median(model::RandomStream& stream) {
  MedianCase made{.vertices = 2 + below(stream, 3)};
  made.count = 1 + below(stream, made.vertices);
  std::vector<std::size_t> place;
  for (std::size_t v = 0; v < made.vertices; ++v) {
    place.push_back(below(stream, 9));
  }
  for (std::size_t const from : place) {
    for (std::size_t const to : place) {
      made.distances.push_back(std::abs(static_cast<double>(from) - static_cast<double>(to)));
    }
  }
  return made;
}

/// The program and Guarantor agree on the optimum; `sign` -1 where the program turns it round.
void expect_same(PublishedProblem const& problem, double sign = 1) {
  Tried const tried{program_of(problem)->to_mps("drawn")};
  ASSERT_LE(tried.columns(), 16U);
  auto const answer = solve_published(problem, {}).value();
  double const least = tried.least();
  ASSERT_EQ(answer.feasible, least < kNone) << answer.reason;
  if (answer.feasible) {
    EXPECT_NEAR(sign * answer.objective, least, 1e-9);
  }
}

TEST(SitingProgram, OfTwoPoints) {
  MedianProblem const two{{.vertices = 2, .count = 1, .distances = {0, 3, 3, 0}}};
  EXPECT_EQ(program_of(two)->to_mps("two"),
            "NAME two FREE\nROWS\n N cost\n E r0\n E r1\n L r2\n L r3\n E r4\n"
            "COLUMNS\n x0 cost 3\n x0 r0 1\n x0 r2 1\n x1 cost 3\n x1 r1 1\n x1 r3 1\n"
            " M0 'MARKER' 'INTORG'\n"
            " x2 cost 0\n x2 r0 1\n x2 r3 -1\n x2 r4 1\n"
            " x3 cost 0\n x3 r2 -1\n x3 r1 1\n x3 r4 1\n"
            " M1 'MARKER' 'INTEND'\nRHS\n RHS r0 1\n RHS r1 1\n RHS r4 1\n"
            "BOUNDS\n UP BND x0 1\n UP BND x1 1\n UP BND x2 1\n UP BND x3 1\nENDATA\n");
}

TEST(SitingProgram, PMedian) {
  model::RandomStream stream{1, "median program"};
  for (int number = 0; number < 30; ++number) {
    SCOPED_TRACE(number);
    expect_same(MedianProblem{draw_median(stream)});
  }
}

TEST(SitingProgram, LeavesOutWhatIsTooFarToServe) {
  // With 2 of 3 open nobody is served from the farther of the two others.
  MedianProblem problem{{.vertices = 3, .count = 2, .distances = {0, 1, 5, 1, 0, 4, 5, 4, 0}}};
  EXPECT_EQ(program_of(problem)->columns().size(), 3U + 3U);
  problem.given.count = 1;
  EXPECT_EQ(program_of(problem)->columns().size(), 6U + 3U);
}

TEST(SitingProgram, PCenterIsARowOfQuestions) {
  model::RandomStream stream{2, "center program"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    CenterProblem const problem{draw_median(stream)};
    EXPECT_FALSE(program_of(problem).has_value());
    double const best = solve_published(problem, {}).value().objective;
    auto const distances = center_distances(problem);
    EXPECT_TRUE(std::binary_search(distances.begin(), distances.end(), best));
    for (double const distance : distances) {
      Tried const tried{center_question(problem, distance).to_mps("question")};
      EXPECT_EQ(tried.least() < kNone, distance >= best);
    }
  }
}

TEST(SitingProgram, CapacitatedPMedian) {
  model::RandomStream stream{3, "capacitated program"};
  for (int number = 0; number < 30; ++number) {
    SCOPED_TRACE(number);
    auto const drawn = draw_median(stream);
    std::size_t const points = std::min<std::size_t>(drawn.vertices, 3);
    CapacitatedMedianCase made{.points = points, .count = std::min(drawn.count, points)};
    made.capacity = 4 + static_cast<double>(below(stream, 6));
    for (std::size_t i = 0; i < points; ++i) {
      made.quantities.push_back(static_cast<double>(below(stream, 6)));
      for (std::size_t j = 0; j < points; ++j) {
        made.distances.push_back(drawn.distances[i * drawn.vertices + j]);
      }
    }
    expect_same(made);
  }
}

TEST(SitingProgram, Covers) {
  model::RandomStream stream{4, "cover program"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    posture::SetCoverProblem set;
    posture::MaximalCoverProblem maximal;
    maximal.most_open = 1 + below(stream, 3);
    for (std::size_t row = 0; row < 4; ++row) {
      set.need.push_back(1 + static_cast<std::uint32_t>(below(stream, 2)));
      maximal.need.push_back(1);
      maximal.weight.push_back(static_cast<double>(below(stream, 9)));
    }
    for (std::size_t column = 0; column < 6; ++column) {
      auto& covers = set.covers.emplace_back();
      for (std::uint32_t row = 0; row < 4; ++row) {
        if (stream.uniform() < 0.4) {
          covers.push_back(row);
        }
      }
      set.cost.push_back(static_cast<double>(below(stream, 9)));
    }
    maximal.covers = set.covers;
    expect_same(set);
    expect_same(maximal, -1);
  }
}

TEST(SitingProgram, Location) {
  model::RandomStream stream{5, "location program"};
  for (int number = 0; number < 40; ++number) {
    SCOPED_TRACE(number);
    posture::CapacitatedLocationProblem problem;
    // Either one site holds all, or a demand has just the room of a site: no share is split.
    bool const wide = stream.uniform() < 0.5;
    for (std::size_t site = 0; site < 3; ++site) {
      problem.open_cost.push_back(static_cast<double>(below(stream, 9)));
      problem.capacity.push_back(wide ? 9 : 3);
    }
    for (std::size_t demand = 0; demand < 3; ++demand) {
      problem.amount.push_back(3);
      auto& services = problem.services.emplace_back();
      for (std::uint32_t site = 0; site < 3; ++site) {
        services.push_back({site, static_cast<double>(below(stream, 20))});
      }
    }
    expect_same(problem);
  }
}

}  // namespace
}  // namespace guarantor::bench
