#include "bench/siting_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace guarantor::bench {
namespace {

using Rows = std::vector<SitingMeasurement>;

std::string exact(std::optional<double> value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

std::string_view word(Truth truth) {
  switch (truth) {
    case Truth::kReached:
      return "optimum";
    case Truth::kNotProven:
      return "not proven";
    case Truth::kUnknown:
      return "proven";
    case Truth::kDiffers:
      return "DIFFERS";
  }
  return "";
}

std::vector<std::string> names(Rows const& all, std::string SitingMeasurement::* member) {
  std::vector<std::string> found;
  for (SitingMeasurement const& row : all) {
    if (std::find(found.begin(), found.end(), row.*member) == found.end()) {
      found.push_back(row.*member);
    }
  }
  return found;
}

/// One solver on one set.
struct Total {
  int cases{};
  int proven{};  ///< and not against what is known
  double solving{};
  double seconds{};
  double processor_seconds{};
};

Total total_of(Rows const& all, std::string const& set, std::string const& solver) {
  Total total;
  for (SitingMeasurement const& row : all) {
    if (row.set == set && row.solver == solver) {
      Truth const truth = truth_of(row);
      ++total.cases;
      total.proven += truth == Truth::kReached || truth == Truth::kUnknown ? 1 : 0;
      total.solving += row.solving.count();
      total.seconds += row.seconds.count();
      total.processor_seconds += row.processor_seconds.count();
    }
  }
  return total;
}

std::string seconds(Total const& total, double value) {
  return fmt::format("{}{:.{}f}", total.proven < total.cases ? ">= " : "", value,
                     value < 1     ? 3
                     : value < 100 ? 2
                                   : 0);
}

/// How many times as long the quickest peer took as Guarantor.
std::string ratio(Rows const& all, std::string const& set,
                  std::vector<std::string> const& solvers) {
  Total const ours = total_of(all, set, solvers.front());
  std::optional<double> quickest;
  bool finished = true;
  for (std::size_t at = 1; at < solvers.size(); ++at) {
    Total const peer = total_of(all, set, solvers[at]);
    if (!quickest || peer.solving < *quickest) {
      quickest = peer.solving;
      finished = peer.proven == peer.cases;
    }
  }
  constexpr double kTick = 1e-3;  // no clock here tells less apart
  return quickest ? fmt::format("{}{:.1f}",
                                finished ? "" : ">= ", *quickest / std::max(kTick, ours.solving))
                  : "–";
}

std::string header(std::vector<std::string> const& columns, std::size_t left) {
  std::string first = "|";
  std::string second = "|";
  for (std::size_t at = 0; at < columns.size(); ++at) {
    first += " " + columns[at] + " |";
    second += at < left ? " --- |" : " --: |";
  }
  return first + "\n" + second + "\n";
}

std::string summary(Rows const& all) {
  auto const solvers = names(all, &SitingMeasurement::solver);
  std::vector<std::string> columns{"set", "cases"};
  for (auto const& solver : solvers) {
    columns.push_back(solver + ": proven");
    columns.emplace_back("solving, s");
  }
  columns.emplace_back("quickest peer / Guarantor");
  for (auto const& solver : solvers) {
    columns.push_back(solver + ": processes, s");
    columns.emplace_back("processor, s");
  }
  std::string out = header(columns, 1);
  for (auto const& set : names(all, &SitingMeasurement::set)) {
    out += fmt::format("| {} | {} |", set, total_of(all, set, solvers.front()).cases);
    for (auto const& solver : solvers) {
      Total const total = total_of(all, set, solver);
      out += fmt::format(" {} | {} |", total.proven, seconds(total, total.solving));
    }
    out += fmt::format(" {} |", ratio(all, set, solvers));
    for (auto const& solver : solvers) {
      Total const total = total_of(all, set, solver);
      out += fmt::format(" {} | {} |", seconds(total, total.seconds),
                         seconds(total, total.processor_seconds));
    }
    out += "\n";
  }
  return out;
}

std::string every_run(Rows const& all) {
  std::string out = header({"set", "case", "solver", "truth", "known", "objective", "bound",
                            "solving, s", "process, s", "processor, s", "ended"},
                           4);
  for (SitingMeasurement const& row : all) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {:.3f} | {:.3f} | {:.3f} | {} |\n",
                       row.set, row.name, row.solver, word(truth_of(row)), exact(row.known),
                       exact(row.objective), exact(row.bound), row.solving.count(),
                       row.seconds.count(), row.processor_seconds.count(), row.ending);
  }
  return out;
}

std::string differences(Rows const& all) {
  std::string out;
  for (SitingMeasurement const& row : all) {
    bool const ours = row.solver == all.front().solver;
    Truth const truth = truth_of(row);
    if (truth == Truth::kDiffers || (ours && truth == Truth::kNotProven)) {
      out += fmt::format("- {} on {} {}: {}, {}, known {}\n", row.solver, row.set, row.name,
                         word(truth), row.objective ? exact(row.objective) : "no answer",
                         exact(row.known));
    }
  }
  return out.empty() ? "Guarantor proved every known optimum; no peer claimed another.\n"
                     : "**NOT AS KNOWN:**\n\n" + out;
}

}  // namespace

Truth truth_of(SitingMeasurement const& measurement) {
  if (!measurement.proven || !measurement.objective) {
    return Truth::kNotProven;
  }
  if (!measurement.known) {
    return Truth::kUnknown;
  }
  constexpr double kPrinted = 1e-3;
  constexpr double kShare = 1e-7;
  double const known = *measurement.known;
  return std::abs(*measurement.objective - known) <= kPrinted + kShare * std::abs(known)
             ? Truth::kReached
             : Truth::kDiffers;
}

std::string to_csv(std::vector<SitingMeasurement> const& measurements) {
  std::string out =
      "set,case,solver,truth,known,objective,bound,proven,solving_seconds,seconds,"
      "processor_seconds,processes,ended\n";
  for (SitingMeasurement const& row : measurements) {
    out +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},\"{}\"\n", row.set, row.name, row.solver,
                    word(truth_of(row)), exact(row.known), exact(row.objective), exact(row.bound),
                    row.proven ? 1 : 0, row.solving.count(), row.seconds.count(),
                    row.processor_seconds.count(), row.processes, row.ending);
  }
  return out;
}

std::string to_markdown(std::vector<SitingMeasurement> const& measurements,
                        Circumstances const& circumstances, model::Seconds limit) {
  std::string out = fmt::format(
      "Machine: {}; one thread a solver, at most {:g} s a case; every solver in a process of its "
      "own, one after the other. `solving` is by each solver's own clock, from when the problem is "
      "read; `>=`: not all cases were finished.\n\n",
      circumstances.machine, limit.count());
  if (!circumstances.missing.empty()) {
    out += "**DID NOT RUN:**\n\n";
    for (auto const& missing : circumstances.missing) {
      out += "- " + missing + "\n";
    }
    out += "\n";
  }
  if (measurements.empty()) {
    return out + "Nothing was measured.\n";
  }
  return out + summary(measurements) + "\n" + differences(measurements) + "\n" +
         every_run(measurements);
}

}  // namespace guarantor::bench
