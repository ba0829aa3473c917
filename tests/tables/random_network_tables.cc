#include "random_network_tables.h"

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"

namespace guarantor::tables {
namespace {

using namespace model;

class NetworkMaker {
 public:
  NetworkMaker(Scenario& scenario, std::uint64_t seed)
      : scenario_{scenario}, random_{seed, "random network"} {}

  void make() {
    std::vector<LocationId> placed;
    for (Location& location : scenario_.locations) {
      fill_in(location);
      if (location.latitude) {
        placed.push_back(location.id);
      }
    }
    std::size_t const links = placed.size() > 1 ? below(4) : 0;
    for (std::size_t i = 0; i < links; ++i) {
      std::size_t const from = below(placed.size());
      std::size_t const to = (from + 1 + below(placed.size() - 1)) % placed.size();
      Link link;
      link.id = LinkId{"link." + std::to_string(i)};
      link.from = placed[from];
      link.to = placed[to];
      fill_in(link);
      scenario_.links.push_back(std::move(link));
    }
  }

 private:
  std::size_t below(std::size_t limit) { return random_.bits() % limit; }
  bool chance(double probability) { return random_.uniform() < probability; }
  /// Above zero; its text may need all its digits.
  double number(double most) {
    return chance(0.5) ? 1.0 + static_cast<double>(below(100)) : (1 - random_.uniform()) * most;
  }
  std::int64_t whole(std::size_t limit) { return static_cast<std::int64_t>(below(limit)); }
  template <class T>
  std::optional<T> maybe(T value) {
    return chance(0.5) ? std::optional<T>{value} : std::nullopt;
  }
  template <class Enum>
  Enum word() {
    return static_cast<Enum>(below(kWords<Enum>.size()));
  }
  std::string text() {
    static std::vector<std::string> const kTexts{"", "ferry", " a, \"b\"", "по дорозі", "_x0041_"};
    return kTexts[below(kTexts.size())];
  }

  void fill_in(Location& location) {
    location.runway = maybe(Metres{number(4000)});
    location.icao = text();
    location.berths = maybe(whole(9));
    location.draught = maybe(Metres{number(20)});
    location.throughput = maybe(Tonnes{number(1e5)});
    for (std::size_t i = 0; i < below(3); ++i) {
      location.gauges.push_back(Millimetres{600 + static_cast<int>(below(1100))});
    }
  }

  void fill_in(Link& link) {
    link.mode = word<LinkMode>();
    link.way = text();
    link.length = Kilometres{number(1000)};
    for (std::size_t m = 0; m < 3; ++m) {
      link.speeds[m] = maybe(KilometresPerHour{number(100)});
    }
    if (link.mode == LinkMode::kRail) {
      link.speeds[static_cast<std::size_t>(MovementClass::kTrain)] =
          maybe(KilometresPerHour{number(100)});
      link.gauge = maybe(Millimetres{1435});
    }
    link.per_day = maybe(whole(900));
    link.load_class = maybe(Tonnes{number(100)});
    link.draught = maybe(Metres{number(20)});
    link.permit = maybe(Days{number(30)});
    link.state = maybe(word<LinkState>());
    link.speed_share = maybe(1 - random_.uniform());
    link.rules = text();
    link.speed_confidence = maybe(word<Confidence>());
    link.row.provenance.confidence = maybe(word<Confidence>());
    link.row.provenance.note = text();
    if (chance(0.3)) {
      link.row.extras = {{"surface", "gravel"}};
    }
  }

  Scenario& scenario_;
  RandomStream random_;
};

}  // namespace

void add_network(Scenario& scenario, std::uint64_t seed) {
  NetworkMaker{scenario, seed}.make();
}

}  // namespace guarantor::tables
