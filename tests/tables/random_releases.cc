#include "random_releases.h"

#include <string_view>
#include <vector>

#include "guarantor/model/release_item.h"

namespace guarantor::tables {
namespace {

using namespace model;

class Releases {
 public:
  Releases(Scenario& scenario, RandomStream& random) : scenario_{scenario}, random_{random} {}

  bool chance(double probability) { return random_.uniform() < probability; }
  template <class Names>
  auto const& one_of(Names const& names) {
    return names[random_.bits() % names.size()];
  }

  std::vector<std::string> draw(Table table) {
    std::vector<std::string> items;
    while (chance(0.4) && items.size() < 3) {
      std::string to{chance(0.5) ? kThePublic : kAllNations};
      if (!scenario_.nations.empty() && chance(0.7)) {
        to = one_of(scenario_.nations).id.text();
      }
      double const form = random_.uniform();
      std::string const column{form < 0.3 ? kEveryColumn : one_of(releasable_columns(table))};
      items.push_back(form < 0.6 ? to + ":" + column : to);
    }
    return items;
  }

  /// An assessor's rows stay apart from each other: nation, condition and date are the key.
  void name_assessors() {
    std::string last;
    for (Assessment& row : scenario_.assessments) {
      if (!scenario_.nations.empty() && row.condition.text() != last && chance(0.6)) {
        row.assessor = one_of(scenario_.nations).id.text();
      }
      last = row.condition.text();
    }
  }

 private:
  Scenario& scenario_;
  RandomStream& random_;
};

}  // namespace

void add_random_releases(Scenario& scenario, RandomStream& random,
                         std::function<std::string()> const& text) {
  Releases releases{scenario, random};
  for (Pledge& pledge : scenario.pledges) {
    pledge.releasable_to = releases.draw(Table::kPledges);
    while (releases.chance(0.4)) {
      std::string const column{releases.chance(0.1)
                                   ? std::string_view{"made-up"}
                                   : releases.one_of(releasable_columns(Table::kPledges))};
      scenario.sources.push_back(
          {"pledges", pledge.id.text(), column, text(), "a source", {}, text(), {}, {}});
    }
  }
  releases.name_assessors();
  for (Assessment& row : scenario.assessments) {
    row.releasable_to = releases.draw(Table::kAssessments);
  }
  for (ForceClaim& claim : scenario.force_claims) {
    claim.releasable_to = releases.draw(Table::kForceClaims);
  }
}

}  // namespace guarantor::tables
