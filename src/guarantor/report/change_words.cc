#include "guarantor/report/change_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "guarantor/report/display_text.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kLongTitle = 60;
constexpr std::size_t kLongCell = 100;
constexpr std::size_t kMostCells = 8;
constexpr std::size_t kMostCauses = 4;
constexpr std::size_t kTitles = 160;

std::int64_t count(std::size_t number) {
  return static_cast<std::int64_t>(number);
}

std::string quote(std::string const& title) {
  return fmt::format("“{}”", fit(title, kLongTitle));
}

std::string signed_decimal(double number, int digits) {
  auto const shown = decimal(std::abs(number), digits);
  return number < 0 ? "−" + shown : "+" + shown;
}

std::string cell(std::string const& text) {
  return text.empty() ? "not given" : fit(clean(text), kLongCell);
}

/// What one row of a table is called.
std::string_view noun(model::Table table) {
  constexpr std::array kNouns = std::to_array<std::string_view>(
      {"the scenario", "phase",      "nation",       "meeting",   "attendance", "condition",
       "assessment",   "capability", "substitution", "location",  "link",       "pledge",
       "offer",        "delivery",   "line",         "rate",      "ceiling",    "contingency",
       "force claim",  "demand",     "site",         "agreement", "position",   "clause",
       "indicator",    "sensor",     "source note",  "area"});
  static_assert(kNouns.size() == model::kWords<model::Table>.size());
  return kNouns[static_cast<std::size_t>(table)];
}

std::string tier_text(SideFigures const& figures, int tier) {
  for (auto const& entry : figures.tiers) {
    if (entry.tier == tier) {
      return percent(entry.fill);
    }
  }
  return "–";
}

std::string gap_text(model::ForcePlan const& plan) {
  return plan.status == model::PlanStatus::kEmpty ? "–" : decimal(plan.gap * 100, 2) + "\u202F%";
}

}  // namespace

std::string_view text(GapMove move) {
  constexpr std::array<std::string_view, 6> kMoves{"none",    "opened",   "closed",
                                                   "widened", "narrowed", "other-reason"};
  return kMoves[static_cast<std::size_t>(move)];
}

std::string_view text(PledgeMove move) {
  constexpr std::array<std::string_view, 6> kMoves{"new",  "gone",  "moved",
                                                   "more", "fewer", "other-months"};
  return kMoves[static_cast<std::size_t>(move)];
}

std::string_view text(WhyKind kind) {
  constexpr std::array<std::string_view, 4> kKinds{"direct", "knock-on", "search", "unlinked"};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view text(ChainLink link) {
  constexpr std::array<std::string_view, 4> kLinks{"pledge", "outbid", "bundle", "ceiling"};
  return kLinks[static_cast<std::size_t>(link)];
}

std::vector<FigureRow> figure_rows(SideBySide const& sides) {
  std::vector<FigureRow> out;
  auto const add = [&](std::string name, std::string title, auto const& value) {
    FigureRow row{std::move(name), std::move(title), {}};
    for (std::size_t side = 0; side < sides.planned().size(); ++side) {
      row.texts.push_back(value(sides.reading(side).plan(), sides.figures(side)));
    }
    out.push_back(std::move(row));
  };
  using Plan = model::ForcePlan;
  using Figures = SideFigures;
  add("status", "Status", [](Plan const& p, Figures const&) {
    return std::string{model::text(p.status)} + (p.stopped_by_limit ? ", stopped" : "");
  });
  add("objective", "Objective",
      [](Plan const& p, Figures const&) { return decimal(p.objective, 2); });
  add("bound", "Bound", [](Plan const& p, Figures const&) { return decimal(p.bound, 2); });
  add("gap", "Gap", [](Plan const& p, Figures const&) { return gap_text(p); });
  add("fill", "Filled, the whole", [](Plan const&, Figures const& f) {
    return f.fill ? percent(*f.fill) : std::string{"no figure"};
  });
  std::set<int> tiers;
  for (std::size_t side = 0; side < sides.planned().size(); ++side) {
    for (auto const& entry : sides.figures(side).tiers) {
      tiers.insert(entry.tier);
    }
  }
  for (int const tier : tiers) {
    add(fmt::format("fill_tier_{}", tier), fmt::format("Filled, tier {}", tier),
        [tier](Plan const&, Figures const& f) { return tier_text(f, tier); });
  }
  add("nations", "Nations that contribute",
      [](Plan const&, Figures const& f) { return grouped(count(f.nations)); });
  add("lines_full", "Lines full",
      [](Plan const&, Figures const& f) { return grouped(count(f.full)); });
  add("lines_partly", "Lines filled in part",
      [](Plan const&, Figures const& f) { return grouped(count(f.partly)); });
  add("lines_empty", "Lines empty",
      [](Plan const&, Figures const& f) { return grouped(count(f.empty)); });
  add("lines_not_planned", "Lines not planned",
      [](Plan const&, Figures const& f) { return grouped(count(f.not_planned)); });
  add("gaps", "Gaps", [](Plan const&, Figures const& f) { return grouped(count(f.gaps)); });
  add("not_stated", "Offers without a number",
      [](Plan const&, Figures const& f) { return grouped(count(f.not_stated)); });
  add("reported", "Rests on reported",
      [](Plan const& p, Figures const&) { return percent(p.provenance.reported); });
  add("estimated", "Rests on estimated",
      [](Plan const& p, Figures const&) { return percent(p.provenance.estimated); });
  add("illustrative", "Rests on illustrative",
      [](Plan const& p, Figures const&) { return percent(p.provenance.illustrative); });
  return out;
}

ChangeWords::ChangeWords(SideBySide const& sides, SideDifference const& difference)
    : sides_{sides},
      difference_{difference},
      input_{sides.input(difference)},
      before_{sides.reading(0)},
      after_{sides.reading(difference.side)} {}

std::string ChangeWords::verdict() const {
  auto const& names = sides_.planned();
  auto const who = fmt::format("{} against {}", names[difference_.side].name, names[0].name);
  auto const empty = [](PlanReading const& side) {
    return side.plan().status == model::PlanStatus::kEmpty;
  };
  if (empty(before_) || empty(after_)) {
    return empty(before_) && empty(after_)
               ? fmt::format("{}: there is no plan in either.", who)
               : fmt::format("{}: there is a plan only in {}.", who,
                             names[empty(before_) ? difference_.side : 0].name);
  }
  if (asks_differ()) {
    return fmt::format(
        "{}: the objective is {} against {}. The two cases ask for different things or weigh them "
        "otherwise, so neither figure measures the other; the lines below can be compared.",
        who, decimal(after_.plan().objective, 2), decimal(before_.plan().objective, 2));
  }
  auto out = fmt::format("{}: the objective is {}.", who,
                         std::abs(difference_.gained) <= 1e-9
                             ? "the same"
                             : signed_decimal(difference_.gained, 2) + " units");
  if (difference_.unproven <= 1e-9) {
    return out + (std::abs(difference_.gained) <= 1e-9
                      ? " Both plans are proven best."
                      : " Both plans are proven best, so that is the doing of what changed.");
  }
  if (difference_.within_gaps()) {
    return out + fmt::format(
                     " That lies within the two plans' gaps ({} units together): it could be the "
                     "search's doing.",
                     decimal(difference_.unproven, 2));
  }
  return out + fmt::format(" That is more than the two plans' gaps leave open ({} units together).",
                           decimal(difference_.unproven, 2));
}

bool ChangeWords::asks_differ() const {
  return std::any_of(input_.rows.begin(), input_.rows.end(), [](model::RowDifference const& row) {
    constexpr std::array<std::string_view, 12> kWeighing{
        "requirement",    "quantity",    "from_month",     "to_month",
        "tier",           "weight",      "horizon_months", "tier_weights",
        "nation_penalty", "cost_weight", "reassign_cost",  "min_fill"};
    bool const weighs =
        row.table == model::Table::kRequirements || row.table == model::Table::kScenario;
    return weighs && std::any_of(row.cells.begin(), row.cells.end(), [&](auto const& cell) {
             return std::find(kWeighing.begin(), kWeighing.end(), cell.column) != kWeighing.end();
           });
  });
}

std::string ChangeWords::input_count() const {
  auto const all = count(input_.rows.size());
  auto const bearing = count(static_cast<std::size_t>(
      std::count(difference_.bears.begin(), difference_.bears.end(), true)));
  auto out = all == 0 ? std::string{"Not a row of the input differs."}
             : bearing == all
                 ? fmt::format("{} of the input {}.", capitalised(counted(all, "row")),
                               all == 1 ? "differs" : "differ")
                 : fmt::format(
                       "{} of the input {}; {} can move a plan, the rest (titles, sources, notes "
                       "and the like) cannot.",
                       capitalised(counted(all, "row")), all == 1 ? "differs" : "differ",
                       bearing == 0 ? "none" : count_word(bearing));
  if (!input_.reordered.empty()) {
    std::vector<std::string> tables;
    for (auto const table : input_.reordered) {
      tables.emplace_back(model::text(table));
    }
    out += fmt::format(" Rows of {} stand in another order, which only ties can tell.",
                       listed(tables));
  }
  if (!difference_.same_world) {
    out += fmt::format(" The plans are of different worlds: {} is made {}, {} {}.",
                       sides_.planned()[0].name, before_.world(),
                       sides_.planned()[difference_.side].name, after_.world());
  }
  if (before_.scenario().header.c_day != after_.scenario().header.c_day) {
    out += " C-day differs; months are counted from each scenario's own.";
  }
  return out;
}

PlanReading const& ChangeWords::having(model::PledgeId const& id) const {
  return after_.pledge(id) != nullptr ? after_ : before_;
}

std::string ChangeWords::pledge_title(model::PledgeId const& id) const {
  return having(id).pledge_title(id);
}

std::string ChangeWords::line_title(model::RequirementId const& id) const {
  return (after_.line(id) != nullptr ? after_ : before_).line_title(id);
}

std::string ChangeWords::row_title(model::RowDifference const& row) const {
  auto const key = clean(row.key);
  auto const named = [&](std::string const& title) {
    return title == key ? fmt::format("{} {}", noun(row.table), quote(key))
                        : fmt::format("{} {} ({})", noun(row.table), quote(title), key);
  };
  auto const& side = row.change == model::RowChange::kRemoved ? before_ : after_;
  switch (row.table) {
    case model::Table::kScenario:
      return "the scenario";
    case model::Table::kPledges:
      return named(side.pledge_title(model::PledgeId{row.key}));
    case model::Table::kRequirements:
      return named(side.line_title(model::RequirementId{row.key}));
    case model::Table::kConditions:
      return named(side.condition(model::ConditionId{row.key}) == nullptr
                       ? key
                       : side.condition_title(model::ConditionId{row.key}));
    case model::Table::kNations:
      return named(side.nation_name(model::NationId{row.key}));
    case model::Table::kCapabilities:
      return named(side.capability_title(model::CapabilityId{row.key}));
    default:
      return named(key);
  }
}

std::string ChangeWords::row_change(model::RowDifference const& row) const {
  if (row.change != model::RowChange::kChanged) {
    return std::string{model::text(row.change)};
  }
  // Beside cells that move a plan, sources and notes are only counted.
  bool const bearing = bears_on_plan(row);
  std::vector<std::string> cells;
  std::size_t others = 0;
  for (auto const& change : row.cells) {
    if (cells.size() == kMostCells || (bearing && !bears_on_plan(row.table, change.column))) {
      ++others;
    } else {
      cells.push_back(change.column == "geometry"
                          ? "other geometry"
                          : fmt::format("{} {} → {}", clean(change.column), cell(change.before),
                                        cell(change.after)));
    }
  }
  if (others > 0) {
    cells.push_back(counted(count(others), "further cell"));
  }
  return fmt::format("{}", fmt::join(cells, "; "));
}

std::string ChangeWords::row_effect(std::size_t row) const {
  if (!difference_.bears[row]) {
    return "cannot move a plan";
  }
  std::vector<std::string> titles;
  for (auto const line : difference_.reached[row]) {
    titles.push_back(quote(line_title(difference_.plan.lines[line].line)));
  }
  return titles.empty() ? "no line's cover changed by it"
                        : "bears on " + listed_within(titles, kTitles, "line");
}

std::string ChangeWords::cover_change(LineDifference const& line) {
  if (!line.cover_changed()) {
    return line.required_before == line.required_after
               ? "cover as before"
               : fmt::format("cover as before, asked for {} → {} unit-months",
                             decimal(line.required_before, 0), decimal(line.required_after, 0));
  }
  auto const net = line.covered_after - line.covered_before;
  if (line.rose > 0 && line.fell > 0) {
    return fmt::format("{} unit-months ({} in some months, {} in others)", signed_decimal(net, 1),
                       signed_decimal(line.rose, 1), signed_decimal(-line.fell, 1));
  }
  return signed_decimal(net, 1) + " unit-months";
}

std::string ChangeWords::reason_words(MissingCover const& gap, PlanReading const& reading) const {
  if (!gap.reason) {
    return "no reason given";
  }
  auto const by = fit(reading.words_for(gap.by), kLongTitle);
  return fmt::format("{}{}", explain_briefly(*gap.reason), by.empty() ? "" : ": " + by);
}

std::string ChangeWords::gap_change(LineDifference const& line) const {
  auto const before = reason_words(line.short_before, before_);
  auto const after = reason_words(line.short_after, after_);
  auto const was = decimal(line.short_before.unit_months, 1);
  auto const is = decimal(line.short_after.unit_months, 1);
  auto const reasons = before == after ? fmt::format("reason as before: {}", after)
                                       : fmt::format("before: {}; now: {}", before, after);
  switch (line.gap) {
    case GapMove::kNone:
      return line.stands ? "" : "gone with the line";
    case GapMove::kOpened:
      return fmt::format("opened: short of {} unit-months; {}", is, after);
    case GapMove::kClosed:
      return fmt::format("closed: was short of {}; {}", was, before);
    case GapMove::kWidened:
      return fmt::format("widened from {} to {} unit-months; {}", was, is, reasons);
    case GapMove::kNarrowed:
      return fmt::format("narrowed from {} to {} unit-months; {}", was, is, reasons);
    case GapMove::kOtherReason:
      break;
  }
  return fmt::format("as wide as before; {}", reasons);
}

std::string ChangeWords::cause_words(Cause const& cause, model::RequirementId const& at) const {
  if (!cause.row) {
    return cause.pledge.empty() ? std::string{"there is a coalition in one of the two worlds only"}
                                : fmt::format("pledge {} counts in one of the two worlds only",
                                              quote(pledge_title(cause.pledge)));
  }
  auto const& row = input_.rows[*cause.row];
  if (row.table == model::Table::kRequirements && row.key == at.text()) {
    return fmt::format("the line itself changed, {}", row_change(row));
  }
  auto const what = fmt::format("{}: {}", row_title(row), row_change(row));
  bool const own = row.table == model::Table::kPledges && cause.pledge == model::PledgeId{row.key};
  return cause.pledge.empty() || own
             ? what
             : fmt::format("{} (through pledge {})", what, quote(pledge_title(cause.pledge)));
}

std::string ChangeWords::chain_words(std::vector<ChainStep> const& chain) const {
  std::string out;
  for (auto const& step : chain) {
    auto const next = quote(line_title(step.line));
    auto const by = step.link == ChainLink::kPledge || step.link == ChainLink::kBundle
                        ? quote(pledge_title(model::PledgeId{step.by}))
                        : quote(clean(step.by));
    out += out.empty() ? "" : ", which ";
    switch (step.link) {
      case ChainLink::kPledge:
        out += fmt::format("shares units of {} with {}", by, next);
        break;
      case ChainLink::kOutbid:
        out += fmt::format("is outbid by {}", next);
        break;
      case ChainLink::kBundle:
        out += fmt::format("needs {}, which serves {}", by, next);
        break;
      case ChainLink::kCeiling:
        out += fmt::format("stands under ceiling {} with {}", by, next);
        break;
    }
  }
  return out;
}

std::string ChangeWords::why(std::size_t line) const {
  auto const& why = difference_.why[line];
  auto const& changed = difference_.plan.lines[line];
  if (!changed.stood || !changed.stands) {
    return changed.stands ? "The line is new." : "The line is gone.";
  }
  auto const& at = why.chain.empty() ? changed.line : why.chain.back().line;
  std::vector<std::string> causes;
  for (auto const& cause : why.causes) {
    if (causes.size() == kMostCauses) {
      causes.push_back(counted(count(why.causes.size() - kMostCauses), "more change"));
      break;
    }
    causes.push_back(cause_words(cause, at));
  }
  auto const joined = fmt::format("{}", fmt::join(causes, "; "));
  std::string out;
  switch (why.kind) {
    case WhyKind::kDirect:
      out = capitalised(joined) + ".";
      break;
    case WhyKind::kKnockOn:
      out = fmt::format("Knock-on: it {}; there {}.", chain_words(why.chain), joined);
      break;
    case WhyKind::kSearch:
      out = difference_.unproven > 1e-9
                ? "No change leads here, and the difference lies within the two plans' gaps: it "
                  "could be the search's doing."
                : "No change leads here: both plans are proven best, and this is one of several "
                  "that are equally good.";
      break;
    case WhyKind::kUnlinked:
      out = "No single change was found to lead here.";
      break;
  }
  if (why.within_gaps && why.kind != WhyKind::kSearch) {
    out +=
        " What it gains or loses lies within the two plans' gaps: it could be the search's "
        "doing.";
  }
  return out;
}

std::string ChangeWords::use_words(LineUse const& use) const {
  auto const line = quote(line_title(use.line));
  auto const tours = [](std::vector<model::Assignment> const& all) {
    std::vector<std::string> out;
    for (auto const& tour : all) {
      auto const from = tour.months.from.count();
      auto const last = tour.months.to.count() - 1;
      out.push_back(from == last
                        ? fmt::format("{} in month {}", tour.units.count(), from)
                        : fmt::format("{} in months {}–{}", tour.units.count(), from, last));
    }
    return listed_within(out, kTitles, "tour");
  };
  if (use.before.empty()) {
    return fmt::format("to {}: {}", line, tours(use.after));
  }
  if (use.after.empty()) {
    return fmt::format("from {}: {}", line, tours(use.before));
  }
  return fmt::format("at {}: {}, before: {}", line, tours(use.after), tours(use.before));
}

std::string ChangeWords::pledge_change(PledgeDifference const& pledge) const {
  std::vector<std::string> uses;
  // What it leaves stands before where it goes.
  for (bool const left : {true, false}) {
    for (auto const& use : pledge.lines) {
      if (use.after.empty() == left) {
        uses.push_back(use_words(use));
      }
    }
  }
  return fmt::format("{}", fmt::join(uses, "; "));
}

}  // namespace guarantor::report
