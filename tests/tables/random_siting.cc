#include "random_siting.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace guarantor::tables {

using namespace model;

void add_random_siting(Scenario& scenario, RandomStream& random,
                       std::function<std::string()> const& text, std::function<Row()> const& row) {
  auto const chance = [&](double probability) { return random.uniform() < probability; };
  auto const maybe = [&](auto value) { return chance(0.5) ? std::optional{value} : std::nullopt; };
  auto const few = [&] { return static_cast<int>(random.bits() % 9); };
  SitingRules& rules = scenario.header.siting;
  rules.minimum_from_line = maybe(Kilometres{random.uniform() * 200});
  rules.backup = maybe(few());
  rules.loss_of = maybe(few());
  rules.maximum_reserve = maybe(few());
  rules.maximum_stockpile = maybe(few());
  rules.maximum_medical = maybe(few());
  std::vector<AreaId> lines;
  for (Area const& area : scenario.areas) {
    if (area.sector_length) {
      lines.push_back(area.id);
    }
  }
  for (std::size_t i = 0; i < scenario.locations.size(); ++i) {
    LocationId const& location = scenario.locations[i].id;
    auto const kind = static_cast<SiteKind>(random.bits() % kWords<SiteKind>.size());
    AreaId const line = lines.empty() ? AreaId{} : lines[random.bits() % lines.size()];
    Demand demand;
    demand.id = DemandId{"d-" + std::to_string(i)};
    demand.title = text();
    demand.kind = kind;
    if (!line.empty() && chance(0.5)) {
      demand.line = line;
    } else if (!line.empty() && chance(0.5)) {
      demand.sector = SectorId{line.text() + "-01"};
    } else {
      demand.location = location;
    }
    demand.movement_class =
        maybe(static_cast<MovementClass>(random.bits() % kWords<MovementClass>.size()));
    double const first = 0.5 + random.uniform() * 72;
    demand.standard_hours = {Hours{first}, Hours{first + 1.25}};
    demand.weight = maybe(random.uniform() * 1e3);
    demand.row = row();
    scenario.demands.push_back(std::move(demand));
    scenario.sites.push_back({SiteId{"s-" + std::to_string(i)},
                              text(),
                              kind,
                              location,
                              maybe(chance(0.5)),
                              maybe(random.uniform() * 50),
                              maybe(Money{random.uniform() * 1e3}),
                              maybe(Kilometres{random.uniform() * 90}),
                              {},
                              {},
                              {},
                              {},
                              {},
                              row()});
    if (!scenario.capabilities.empty() && chance(0.5)) {
      Site& site = scenario.sites.back();
      site.capability = scenario.capabilities[random.bits() % scenario.capabilities.size()].id;
      site.quantity = maybe(Units{1 + few()});
      site.tier = maybe(1);
      site.from = maybe(Months{few()});
      site.task = TaskId{chance(0.5) ? "guard" : ""};
    }
  }
}

}  // namespace guarantor::tables
