#include "guarantor/report/watch_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

using model::BlindReason;
using model::CaseState;
using model::WatchedCount;

model::Date day_of(model::Instant moment) {
  return std::chrono::floor<std::chrono::days>(moment);
}

std::string clock(model::Instant moment) {
  auto const minutes =
      std::chrono::floor<std::chrono::minutes>(moment - model::Instant{day_of(moment)}).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// `10 Mar`.
std::string short_day(model::Instant moment) {
  std::chrono::year_month_day const date{day_of(moment)};
  return fmt::format("{} {}", static_cast<unsigned>(date.day()),
                     short_month(day_of(moment)).substr(0, 3));
}

std::string hours(std::chrono::microseconds time) {
  return time < std::chrono::minutes{6} ? "less than 0.1 h" : decimal(hours_of(time), 1) + " h";
}

std::size_t sectors_without(model::WatchReport const& report) {
  return static_cast<std::size_t>(std::count_if(
      report.sectors.begin(), report.sectors.end(),
      [](auto const& sector) { return !sector.sector.empty() && sector.now.watched.none(); }));
}

std::string incidents_sentence(model::WatchReport const& report) {
  auto const number = report.now.incidents.number();
  if (!number) {
    return "Nobody watched, and nothing was reported: that is not to say that nothing happened.";
  }
  if (*number == 0) {
    return "No incident began in what was watched.";
  }
  auto text = capitalised(counted(*number, "incident"));
  std::vector<std::string> parts;
  for (auto const& [count, noun] :
       {std::pair{report.now.explosions, "explosion"}, std::pair{report.now.bursts, "burst"},
        std::pair{report.now.shots, "shot"}}) {
    if (auto const some = count.number().value_or(0); some > 0) {
      parts.push_back(counted(some, noun));
    }
  }
  if (!parts.empty()) {
    text += "; " + listed(parts);
  }
  if (auto const live = report.now.live_fire.number().value_or(0); live > 0) {
    text += fmt::format(", {} of them live fire", grouped(live));
  }
  return text + ".";
}

std::string alleged_sentence(model::WatchReport const& report) {
  auto const alleged = report.now.alleged.number().value_or(0);
  if (alleged == 0) {
    return {};
  }
  auto text =
      fmt::format(" {} said to breach a clause",
                  capitalised(counted(alleged, "incident") + (alleged == 1 ? " is" : " are")));
  std::vector<std::string> states;
  for (auto const state : {CaseState::kVerified, CaseState::kNotVerified, CaseState::kUnverifiable,
                           CaseState::kDisputed}) {
    auto const& count = report.now.states.at(static_cast<std::size_t>(state));
    if (auto const some = count.number().value_or(0); some > 0) {
      states.push_back(fmt::format("{} {}", count_word(some), explain(state)));
    }
  }
  return text + (states.empty() ? "; none is verified yet." : "; " + listed(states) + ".");
}

std::string watched_sentence(model::WatchReport const& report) {
  auto const sectors = static_cast<std::size_t>(
      std::count_if(report.sectors.begin(), report.sectors.end(),
                    [](auto const& sector) { return !sector.sector.empty(); }));
  if (sectors == 0) {
    return " No line is cut into sectors, so nothing can be said of what was watched.";
  }
  auto const of_them = counted(static_cast<std::int64_t>(sectors), "sector");
  if (report.now.watched.none()) {
    return fmt::format(" Nobody watched {}{}.", sectors == 1 ? "the " : "any of the ", of_them);
  }
  auto text =
      fmt::format(" {} {} watched for {}{}", capitalised(of_them), sectors == 1 ? "was" : "were",
                  print(report.now.watched), sectors == 1 ? "" : ", counted sector by sector");
  if (auto const none = sectors_without(report); none > 0) {
    text += fmt::format("; {} not at all", count_word(static_cast<std::int64_t>(none)));
  }
  return text + ".";
}

}  // namespace

std::string period_in_words(model::Interval<model::Date> days) {
  auto const last = days.to - std::chrono::days{1};
  return long_date(days.from) + (last == days.from ? "" : " to " + long_date(last));
}

std::string span_in_words(model::Instant from, model::Instant to) {
  auto text = short_day(from) + " " + clock(from);
  if (clock(from) == clock(to) && day_of(from) == day_of(to)) {
    return text;
  }
  text += "–";
  return text + (day_of(from) == day_of(to) ? "" : short_day(to) + " ") + clock(to);
}

std::string munitions_in_words(model::MunitionCount const& count) {
  std::vector<std::string> parts;
  for (auto const& [number, noun] :
       {std::pair{count.explosions, "explosion"}, std::pair{count.bursts, "burst"},
        std::pair{count.shots, "shot"}}) {
    if (number > 0) {
      parts.push_back(counted(number, noun));
    }
  }
  return parts.empty() ? "" : listed(parts);
}

std::string watch_headline(model::WatchReport const& report) {
  return incidents_sentence(report) + alleged_sentence(report) + watched_sentence(report);
}

std::string why_in_words(std::vector<model::BlindTime> const& why) {
  std::string text;
  for (auto const& blind : why) {
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", explain(blind.reason), hours(blind.time));
  }
  return text;
}

std::string states_in_words(std::array<WatchedCount, model::kCaseStates> const& states) {
  std::string text;
  for (std::size_t s = 0; s < states.size(); ++s) {
    if (auto const some = states.at(s).number().value_or(0); some > 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", some,
                          explain(static_cast<CaseState>(s)));
    }
  }
  return text;
}

std::string correction_in_words(model::Correction const& correction) {
  std::string text;
  if (!correction.revision_before) {
    text = "not listed before, now " + std::string{correction.state_now
                                                       ? explain(*correction.state_now)
                                                       : std::string_view{"known"}};
  } else if (!correction.revision_now) {
    return "not known any more";
  } else if (correction.revision_before != correction.revision_now) {
    text = fmt::format("revision {} → {}", *correction.revision_before, *correction.revision_now);
  }
  if (correction.cause && correction.revision_before != correction.revision_now) {
    text += fmt::format(" ({})", model::text(*correction.cause));
  }
  std::string others;
  for (auto const& other : correction.others) {
    others += (others.empty() ? ": " : ", ") + other.text();
  }
  text += others;
  if (correction.munitions_before != correction.munitions_now) {
    auto const words = [](model::MunitionCount const& count) {
      auto const some = munitions_in_words(count);
      return some.empty() ? "no munitions" : some;
    };
    text += (text.empty() ? "" : "; ") + words(correction.munitions_before) + " → " +
            words(correction.munitions_now);
  }
  if (correction.state_before && correction.state_now != correction.state_before) {
    text += (text.empty() ? "" : "; ") + std::string{explain(*correction.state_before)} + " → " +
            std::string{correction.state_now ? explain(*correction.state_now)
                                             : std::string_view{"no incident of its own"}};
  }
  return text;
}

std::string_view explain(BlindReason reason) {
  constexpr std::array<std::string_view, 6> kTexts{
      "nobody there", "outside its hours", "outage", "clouds", "jamming", "access restricted"};
  return kTexts.at(static_cast<std::size_t>(reason));
}

std::string_view explain(CaseState state) {
  constexpr std::array<std::string_view, model::kCaseStates> kTexts{
      "observed", "alleged", "verified", "not verified", "unverifiable", "closed", "disputed"};
  return kTexts.at(static_cast<std::size_t>(state));
}

WatchedCount munitions_of(model::WatchTally const& tally) {
  auto least = tally.explosions.time();
  std::int64_t sum = 0;
  for (auto const& count : {tally.explosions, tally.bursts, tally.shots}) {
    sum += count.number().value_or(0);
    if (count.time().watched < least.watched) {
      least = count.time();
    }
  }
  return {sum, least};
}

std::string sector_name(model::SectorId const& sector) {
  return sector.empty() ? "far from all lines" : sector.text();
}

double hours_of(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::ratio<3600>>(time).count();
}

}  // namespace guarantor::report
