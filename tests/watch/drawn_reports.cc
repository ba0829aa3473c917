#include "drawn_reports.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "guarantor/model/date.h"

namespace guarantor::watch {
namespace {

using model::Instant;

constexpr double kMetresPerDegree = 111'195;
constexpr double kShrink = 0.66913;  ///< of a degree of longitude at 48 degrees north

Instant moment(std::string text) {
  auto const start = *model::parse_date("2026-03-10");
  int days = 0;
  if (auto const t = text.find('T'); t != std::string::npos) {
    days = std::stoi(text.substr(0, t));
    text = text.substr(t + 1);
  }
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  char colon = 0;
  std::istringstream in{text};
  if (!(in >> hours >> colon >> minutes)) {
    throw std::invalid_argument{"no time: " + text};
  }
  in >> colon >> seconds;
  return start + std::chrono::days{days} + std::chrono::hours{hours} +
         std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
}

/// Every word of a line must mean something: a slip in a drawn case is no passed test.
void read_word(std::string const& word, std::istringstream& in, model::Observation& report) {
  if (auto const blast = model::parse<model::BlastKind>(word)) {
    report.blast = blast;
  } else if (auto const kind = model::parse<model::EventKind>(word)) {
    report.kind = *kind;
  } else if (word == "live") {
    report.live_fire = true;
  } else if (word == "withdrawn") {
    report.withdrawn = true;
  } else if (word == "nowhere") {
    report.place.reset();
  } else if (word.starts_with("front-")) {
    report.sector = model::SectorId{word};
    report.place.reset();
  } else if (word == "at") {
    double east = 0;
    double north = 0;
    char comma = 0;
    in >> east >> comma >> north;
    report.place = model::Position{model::Degrees{38 + east * 1000 / (kMetresPerDegree * kShrink)},
                                   model::Degrees{48 + north * 1000 / kMetresPerDegree}};
  } else if (word.starts_with("±")) {
    report.precision = model::Metres{std::stod(word.substr(std::string{"±"}.size()))};
  } else {
    throw std::invalid_argument{"no such word: " + word};
  }
}

}  // namespace

std::vector<model::Observation> drawn(std::string const& text) {
  std::vector<model::Observation> reports;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in{line};
    model::Observation report;
    std::string when;
    if (!(in >> report.observer >> when)) {
      continue;
    }
    report.id = model::ObservationId{fmt::format("drawn:{}", reports.size() + 1)};
    report.source = "drawn";
    report.kind = model::EventKind::kExplosion;
    report.place = model::Position{model::Degrees{38}, model::Degrees{48}};
    report.precision = model::Metres{100};
    auto const dash = when.find('-');
    report.from = moment(when.substr(0, dash));
    report.to = dash == std::string::npos ? report.from : moment(when.substr(dash + 1));
    for (std::string word; in >> word;) {
      if (word.find_first_not_of("-0123456789") == std::string::npos) {
        report.count = std::stoll(word);
      } else {
        read_word(word, in, report);
      }
    }
    reports.push_back(report);
  }
  return reports;
}

EventCount count(std::vector<model::Observation> const& reports) {
  std::vector<model::Observation const*> pointers;
  for (auto const& report : reports) {
    pointers.push_back(&report);
  }
  return count_events(pointers);
}

namespace {

std::string munitions(model::MunitionCount const& count) {
  std::string out;
  auto const say = [&](std::int64_t number, char const* singular) {
    if (number != 0) {
      out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", number, singular,
                         number == 1 ? "" : "s");
    }
  };
  say(count.explosions, "explosion");
  say(count.bursts, "burst");
  say(count.shots, "shot");
  return out;
}

}  // namespace

std::string text(EventCount const& count) {
  if (count == EventCount{}) {
    return "nothing";
  }
  auto out = munitions(count.munitions);
  if (auto const live = munitions(count.live_fire); !live.empty()) {
    out += ", live " + live;
  }
  return fmt::format("{}{}{} event{}", out, out.empty() ? "" : "; ", count.events,
                     count.events == 1 ? "" : "s");
}

}  // namespace guarantor::watch
