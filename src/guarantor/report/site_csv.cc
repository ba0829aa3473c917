#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/site_report.h"
#include "guarantor/report/site_words.h"

namespace guarantor::report {
namespace {

Cell number_or_nothing(std::optional<model::Hours> hours) {
  return hours ? Cell{hours->count()} : Cell{};
}

Sheet sheet_of(std::string name, std::string title, std::initializer_list<char const*> columns) {
  Sheet sheet{std::move(name), std::move(title), {}, {}};
  for (char const* const column : columns) {
    sheet.columns.push_back({column, column});
  }
  return sheet;
}

Sheet sites(model::SitePlan const& plan) {
  Sheet sheet = sheet_of("sites", "Sites",
                         {"kind", "site", "location", "label", "lat", "lon", "existing", "open",
                          "km_from_line", "too_near", "first_at_points"});
  for (model::KindSites const& kind : plan.kinds) {
    for (model::PlannedSite const& site : kind.sites) {
      sheet.rows.push_back({std::string{model::text(kind.kind)}, site.id.text(),
                            site.location.text(), site.label, site.position.latitude.count(),
                            site.position.longitude.count(), site.existing, site.open,
                            site.from_line ? Cell{site.from_line->count()} : Cell{}, site.too_near,
                            static_cast<std::int64_t>(site.nearest_of)});
    }
  }
  return sheet;
}

Sheet reached(model::SitePlan const& plan) {
  Sheet sheet = sheet_of(
      "reached", "Reached",
      {"kind", "demand", "sector", "location", "lat", "lon", "class", "weight", "from_site",
       "hours", "hours_after_loss", "standard_hours", "sites_wanted", "sites_within", "kept"});
  for (model::KindSites const& kind : plan.kinds) {
    for (model::PlannedPoint const& point : kind.points) {
      for (model::StandardKept const& standard : point.standards) {
        sheet.rows.push_back({std::string{model::text(kind.kind)}, point.demand.text(),
                              point.sector.text(), point.location.text(),
                              point.position.latitude.count(), point.position.longitude.count(),
                              std::string{model::text(point.movement)}, point.weight,
                              point.from.text(), number_or_nothing(point.travel),
                              number_or_nothing(point.after_loss), standard.within.count(),
                              static_cast<std::int64_t>(standard.wanted),
                              static_cast<std::int64_t>(standard.sites), standard.kept});
      }
    }
  }
  return sheet;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (std::string const& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

Sheet out_of_reach(model::SitePlan const& plan) {
  Sheet sheet = sheet_of("out_of_reach", "Out of reach",
                         {"kind", "demand", "sector", "location", "standard_hours", "after_loss",
                          "sites_wanted", "sites_that_may", "first_site", "first_hours",
                          "standard_that_can_be_kept", "kept_away_sites", "closed_links"});
  for (model::KindSites const& kind : plan.kinds) {
    for (model::StandardOutOfReach const& standard : kind.out_of_reach) {
      std::vector<std::string> kept_away;
      for (model::SiteId const& site : standard.kept_away) {
        kept_away.push_back(site.text());
      }
      sheet.rows.push_back(
          {std::string{model::text(kind.kind)}, standard.demand.text(), standard.sector.text(),
           standard.location.text(), number_or_nothing(standard.within), standard.after_loss,
           static_cast<std::int64_t>(standard.wanted), static_cast<std::int64_t>(standard.had),
           standard.first.text(), number_or_nothing(standard.first_hours),
           number_or_nothing(standard.longer), joined(kept_away), joined(standard.links)});
    }
  }
  return sheet;
}

}  // namespace

std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                          model::SitePlan const& plan) {
  std::map<std::string, std::string> files;
  for (Sheet const& sheet : {sites(plan), reached(plan), out_of_reach(plan)}) {
    files.emplace(sheet.name + ".csv", to_csv_text(sheet, banner(scenario)));
  }
  return files;
}

}  // namespace guarantor::report
