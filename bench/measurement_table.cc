#include "bench/measurement_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace guarantor::bench {
namespace {

std::string exact(std::optional<double> value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

std::string rounded(std::optional<double> value) {
  return value ? fmt::format("{:.2f}", *value) : std::string{"–"};
}

std::string per_cent(std::optional<double> gap) {
  constexpr double kTiny = 0.00001;  // of a per cent
  if (!gap) {
    return "–";
  }
  double const value = 100 * *gap;
  return value > 0 && value < kTiny ? "< 0.00001 %" : fmt::format("{:.3g} %", value);
}

using Rows = std::vector<Measurement>;

Rows those_of(Rows const& all, std::string const& group, model::Seconds limit,
              std::string const& solver) {
  Rows rows;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rows), [&](Measurement const& row) {
    return row.group == group && row.limit == limit && row.solver == solver;
  });
  return rows;
}

std::string summary_row(std::string const& group, model::Seconds limit, std::string const& solver,
                        Rows const& rows) {
  std::vector<std::optional<double>> gaps;
  double seconds = 0;
  double peak = 0;
  std::ptrdiff_t without = 0;
  for (Measurement const& row : rows) {
    gaps.push_back(gap_of(row));
    seconds = std::max(seconds, row.seconds.count());
    peak = std::max(peak, row.peak_mib);
    without += row.objective ? 0 : 1;
  }
  bool const any_without = std::find(gaps.begin(), gaps.end(), std::nullopt) != gaps.end();
  auto const worst = any_without ? std::nullopt : *std::max_element(gaps.begin(), gaps.end());
  return fmt::format("| {} | {:g} s | {} | {} | {} | {} | {} | {:.1f} | {:.0f} |\n", group,
                     limit.count(), solver, rows.size(), per_cent(median(gaps)), per_cent(worst),
                     without, seconds, peak);
}

std::string summary(Rows const& all) {
  std::string out =
      "| cases | limit | solver | runs | median gap | worst gap | without a plan | longest, s | "
      "most MiB |\n| --- | --: | --- | --: | --: | --: | --: | --: | --: |\n";
  for (auto const& group : distinct(all, &Measurement::group)) {
    for (auto const limit : distinct(all, &Measurement::limit)) {
      for (auto const& solver : distinct(all, &Measurement::solver)) {
        auto const rows = those_of(all, group, limit, solver);
        out += rows.empty() ? std::string{} : summary_row(group, limit, solver, rows);
      }
    }
  }
  return out;
}

std::string every_run(Rows const& all) {
  std::string out =
      "| case | limit | solver | plan | bound | gap | seconds | MiB | ended | evaluator |\n"
      "| --- | --: | --- | --: | --: | --: | --: | --: | --- | --- |\n";
  for (Measurement const& row : all) {
    out += fmt::format("| {} | {:g} s | {} | {} | {} | {} | {:.2f} | {:.0f} | {} | {} |\n",
                       row.name, row.limit.count(), row.solver, rounded(row.objective),
                       rounded(row.bound), per_cent(gap_of(row)), row.seconds.count(), row.peak_mib,
                       row.ending, row.evaluated);
  }
  return out;
}

bool clearly_above(double value, double than) {
  constexpr double kShare = 1e-6;  // solvers print no more
  return value > than + kShare * std::max(1.0, std::abs(than));
}

std::string list(std::vector<std::string> const& lines) {
  std::string out;
  for (auto const& line : lines) {
    out += "- " + line + "\n";
  }
  return out;
}

}  // namespace

std::string to_csv(std::vector<Measurement> const& measurements) {
  std::string out =
      "group,case,limit_seconds,solver,objective,bound,gap,seconds,peak_mib,ended,evaluator\n";
  for (Measurement const& row : measurements) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},\"{}\",{}\n", row.group, row.name,
                       row.limit.count(), row.solver, exact(row.objective), exact(row.bound),
                       exact(gap_of(row)), row.seconds.count(), row.peak_mib, row.ending,
                       row.evaluated);
  }
  return out;
}

std::vector<std::string> peers_ahead(std::vector<Measurement> const& measurements) {
  std::vector<std::string> ahead;
  for (Measurement const& ours : measurements) {
    for (Measurement const& peer : measurements) {
      if (ours.solver != "Guarantor" || peer.solver == ours.solver || peer.name != ours.name ||
          peer.group != ours.group || peer.limit != ours.limit) {
        continue;
      }
      auto const where = fmt::format("{} at {:g} s", ours.name, ours.limit.count());
      if (peer.objective && clearly_above(*peer.objective, ours.objective.value_or(0))) {
        ahead.push_back(fmt::format("{}: {} has the better plan, {:.6f} against {:.6f}", where,
                                    peer.solver, *peer.objective, ours.objective.value_or(0)));
      }
      if (peer.bound && (!ours.bound || clearly_above(*ours.bound, *peer.bound))) {
        ahead.push_back(fmt::format("{}: {} has the better bound, {:.6f} against {}", where,
                                    peer.solver, *peer.bound,
                                    ours.bound ? fmt::format("{:.6f}", *ours.bound) : "none"));
      }
    }
  }
  return ahead;
}

std::string to_markdown(std::vector<Measurement> const& measurements,
                        Circumstances const& circumstances) {
  std::string out = fmt::format("Machine: {}; {} threads a solver.\n\n", circumstances.machine,
                                circumstances.threads);
  if (!circumstances.missing.empty()) {
    out += "**DID NOT RUN:**\n\n" + list(circumstances.missing) + "\n";
  }
  out += summary(measurements) + "\n";
  if (distinct(measurements, &Measurement::solver).size() > 1) {
    auto const ahead = peers_ahead(measurements);
    out += ahead.empty() ? "No peer had a better plan or a better bound than Guarantor on any case "
                           "at equal limits.\n\n"
                         : "Where a peer was ahead of Guarantor:\n\n" + list(ahead) + "\n";
  } else {
    out += "Nothing here compares Guarantor with another solver.\n\n";
  }
  return out + every_run(measurements);
}

}  // namespace guarantor::bench
