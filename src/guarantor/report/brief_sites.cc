#include "guarantor/report/brief_sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/html_table.h"
#include "guarantor/report/reach_words.h"
#include "guarantor/report/site_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string finding(std::string const& text) {
  return text.empty() ? "" : tag("p", escape(text), R"(class="finding")");
}

std::string sites_table(model::KindSites const& kind) {
  HtmlTable table{{{"Site", false, 34},
                   {"", false, 16},
                   {"From the line", true, 18},
                   {"Points it reaches first", true, 32}}};
  for (model::PlannedSite const& site : kind.sites) {
    if (site.open) {
      table.row({escape(fit(clean(site.label), 40)), site.existing ? "existing" : "new",
                 site.from_line ? decimal(site.from_line->count(), 0) + " km" : "–",
                 std::to_string(site.nearest_of)});
    }
  }
  return table.html(kind_title(kind.kind) + " that stand or were chosen");
}

std::string hours(std::optional<model::Hours> time, model::ReachBasis const& basis) {
  return time ? in_hours(*time, basis) : "–";
}

std::string standards_table(model::Scenario const& scenario, model::KindSites const& kind) {
  bool const loss = std::ranges::any_of(
      kind.points, [](model::PlannedPoint const& point) { return point.after_loss.has_value(); });
  std::vector<HtmlTable::Head> heads{{"What must be reached", false, 36},
                                     {"Within", true, 9},
                                     {"Kept", true, 13},
                                     {"Slowest", true, 14}};
  if (loss) {
    heads.push_back({"At a loss", true, 14});
  }
  heads.push_back({"If slower", true, 14});
  HtmlTable table{std::move(heads)};
  model::Demand const* last = nullptr;
  for (DemandStandard const& row : standards_of(scenario, kind)) {
    auto const of = [&](std::size_t count) { return fmt::format("{} of {}", count, row.points); };
    bool const again = row.demand == last;
    last = row.demand;
    std::vector<std::string> cells{again ? "" : escape(fit(title_of(*row.demand), 60)),
                                   decimal(row.within.count(), 1) + " h", of(row.kept),
                                   hours(row.slowest, kind.basis)};
    if (loss) {
      cells.push_back(hours(row.after_loss, kind.basis));
    }
    cells.push_back(of(row.with_margin));
    table.row(cells);
  }
  return table.html("How many points keep their standard, and how soon the last is reached");
}

std::string kind_part(model::Scenario const& scenario, model::KindSites const& kind) {
  std::string text = choice_in_words(scenario, kind);
  for (std::string const& note : kind.notes) {
    text += " " + note;
  }
  std::string html = tag("h3", escape(kind_title(kind.kind))) + finding(text);
  if (kind.feasible) {
    html += sites_table(kind) + standards_table(scenario, kind);
  }
  std::string list;
  for (std::string const& sentence : out_of_reach_in_words(scenario, kind)) {
    list += tag("li", escape(sentence));
  }
  return list.empty()
             ? html
             : html + tag("p", "What no choice can keep:", R"(class="finding")") + tag("ul", list);
}

}  // namespace

std::string sites_part(model::Scenario const& scenario, model::SitePlan const& plan) {
  std::string html = finding(rules_in_words(plan.terms));
  bool illustrative = false;
  for (model::KindSites const& kind : plan.kinds) {
    html += kind_part(scenario, kind);
    illustrative = illustrative || mostly_illustrative(kind.basis);
  }
  if (illustrative) {
    html += finding(
        "More than a quarter of what the travel times rest on is illustrative: each is given as "
        "from a fifth less to a quarter more, and the last column counts the points that one site "
        "reaches in time even if all were a quarter slower.");
  }
  return tag("div", html, R"(class="sites")");
}

}  // namespace guarantor::report
