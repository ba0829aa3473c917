#include "guarantor/generate/expected_designation.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace guarantor::generate {
namespace {

/// Who stands where, as far as others depend on it.
class Company {
 public:
  Company(model::Scenario const& scenario, Instance const& instance,
          std::vector<Start> const& starts)
      : scenario_{scenario}, instance_{instance} {
    for (Start const& start : starts) {
      Option const& option = instance.options[start.option];
      PlannedPledge const& pledge = instance.pledges[option.pledge];
      for (int t = start.month; t < instance.tour_end(option, start.month); ++t) {
        nations_[{option.line, t, pledge.nation}] += start.units;
        pledges_[{area(option.line), t, option.pledge}] += start.units;
      }
    }
  }

  /// Whether a tour has the company it needs in each of its months.
  [[nodiscard]] bool supports(Start const& start) const {
    Option const& option = instance_.options[start.option];
    for (int t = start.month; t < instance_.tour_end(option, start.month); ++t) {
      if (!supports(option, t)) {
        return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] std::string const& area(LineIndex line) const {
    return scenario_.requirements[instance_.lines[line].row].area.text();
  }

  [[nodiscard]] bool supports(Option const& option, int t) const {
    PlannedLine const& line = instance_.lines[option.line];
    if (line.led && (!line.framework || !nations_.contains({option.line, t, *line.framework}))) {
      return false;
    }
    auto const& needs = instance_.pledges[option.pledge].needs;
    return std::all_of(needs.begin(), needs.end(), [&](auto const& needed) {
      return needed && pledges_.contains({area(option.line), t, *needed});
    });
  }

  model::Scenario const& scenario_;
  Instance const& instance_;
  std::map<std::tuple<LineIndex, int, NationIndex>, int> nations_;
  std::map<std::tuple<std::string, int, PledgeIndex>, int> pledges_;
};

}  // namespace

Designation designation_of(Instance const& instance, std::vector<Start> const& starts) {
  Designation designation;
  for (Start const& start : starts) {
    Option const& option = instance.options[start.option];
    designation.push_back({instance.pledges[option.pledge].row, instance.lines[option.line].row,
                           start.month, start.units});
  }
  std::sort(designation.begin(), designation.end());
  return designation;
}

std::vector<Start> starts_in(Instance const& instance, Designation const& designation) {
  std::map<std::pair<std::size_t, std::size_t>, OptionIndex> option_of;
  for (std::size_t place = 0; place < instance.options.size(); ++place) {
    Option const& option = instance.options[OptionIndex{place}];
    option_of[{instance.pledges[option.pledge].row, instance.lines[option.line].row}] =
        OptionIndex{place};
  }
  std::vector<Start> starts;
  for (Posting const& posting : designation) {
    if (auto const found = option_of.find({posting.pledge, posting.line});
        found != option_of.end()) {
      starts.push_back({found->second, posting.month, posting.units});
    }
  }
  return starts;
}

std::vector<Start> supported(model::Scenario const& scenario, Instance const& instance,
                             std::vector<Start> starts) {
  for (;;) {
    Company const company{scenario, instance, starts};
    if (std::erase_if(starts, [&](Start const& start) { return !company.supports(start); }) == 0) {
      return starts;
    }
  }
}

PresenceTable::PresenceTable(Instance const& instance, std::vector<Start> const& starts)
    : months_{static_cast<std::size_t>(instance.horizon)},
      units_(instance.options.size() * months_) {
  for (Start const& start : starts) {
    int const end = instance.tour_end(instance.options[start.option], start.month);
    for (int t = start.month; t < end; ++t) {
      units_[start.option.place * months_ + static_cast<std::size_t>(t)] += start.units;
    }
  }
}

long PresenceTable::beyond(PresenceTable const& designated) const {
  long sum = 0;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    sum += std::max(0, units_[i] - designated.units_[i]);
  }
  return sum;
}

}  // namespace guarantor::generate
