#include "drawn_front.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "drawn_reports.h"

namespace guarantor::watch {
namespace {

model::Position place(std::string const& kilometres) {
  return *drawn("A 10:00 at " + kilometres).front().place;
}

std::string value_of(std::string const& word) {
  return word.substr(word.find('=') + 1);
}

void read_acts(std::string const& words, model::Sensor& sensor) {
  std::istringstream in{words};
  for (std::string word; std::getline(in, word, ',');) {
    sensor.acts.push_back(model::parse<model::EventKind>(word).value());
  }
}

void read_word(std::string const& word, model::Sensor& sensor, model::Scenario& scenario) {
  if (word.starts_with("front-")) {
    sensor.sectors.emplace_back(word);
  } else if (word == "standing") {
    sensor.standing = true;
  } else if (word == "clear") {
    sensor.needs_clear_sky = true;
  } else if (word == "jammable") {
    sensor.jammable = true;
  } else if (word.starts_with("hours=")) {
    auto const hours = value_of(word);
    sensor.from_hour = std::stoi(hours);
    sensor.to_hour = std::stoi(hours.substr(hours.find('-') + 1));
  } else if (word.starts_with("range=")) {
    sensor.range = model::Kilometres{std::stod(value_of(word))};
  } else if (word.starts_with("revisit=")) {
    sensor.revisit = model::Hours{std::stod(value_of(word))};
  } else if (word.starts_with("from=")) {
    sensor.from = model::parse_date(value_of(word));
  } else if (word.starts_with("until=")) {
    sensor.until = model::parse_date(value_of(word));
  } else if (word.starts_with("acts=")) {
    read_acts(value_of(word), sensor);
  } else if (word.starts_with("at=")) {
    auto const at = place(value_of(word));
    sensor.location = model::LocationId{"of-" + sensor.id.text()};
    scenario.locations.push_back(
        {.id = sensor.location, .latitude = at.latitude, .longitude = at.longitude});
  } else {
    throw std::invalid_argument{"no such word: " + word};
  }
}

std::string hours(std::chrono::microseconds time) {
  return fmt::format("{:.4g}", std::chrono::duration<double, std::ratio<3600>>(time).count());
}

}  // namespace

model::Scenario drawn_front(std::string const& sensors) {
  model::Scenario scenario;
  scenario.areas = {{.id = model::AreaId{"front"},
                     .title = "Line of contact",
                     .parts = {model::Line{{place("0,0"), place("10,0"), place("20,0"),
                                            place("30,0"), place("40,0")}}},
                     .sector_length = model::Kilometres{10.5}}};
  std::istringstream lines{sensors};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in{line};
    std::string name;
    std::string kind;
    if (!(in >> name >> kind)) {
      continue;
    }
    model::Sensor sensor{.id = model::SensorId{name},
                         .kind = model::parse<model::SensorKind>(kind).value()};
    for (std::string word; in >> word;) {
      read_word(word, sensor, scenario);
    }
    scenario.sensors.push_back(sensor);
  }
  return scenario;
}

void accept(model::Scenario& scenario, std::string const& agreement, model::Date day) {
  for (char const* const party : {"party-a", "party-b"}) {
    scenario.positions.push_back({.agreement = model::AgreementId{agreement},
                                  .party = model::PartyId{party},
                                  .date = day,
                                  .standing = model::Standing::kAccepted});
  }
}

TimeSpan drawn_days(int days) {
  model::Instant const start = *model::parse_date("2026-03-10");
  return {start, start + std::chrono::days{days}};
}

std::string picture(Coverage const& coverage, std::vector<model::EventKind> const& kinds) {
  std::string out;
  for (auto const& sector : coverage.sectors()) {
    out += sector.text().substr(sector.text().size() - 2) + ' ';
    auto const span = coverage.span();
    for (auto hour = span.from; hour < span.to; hour += std::chrono::hours{1}) {
      auto const time = coverage.watched(sector, kinds, {hour, hour + std::chrono::hours{1}});
      out += time.all() ? '#' : (time.none() ? '.' : '+');
    }
    auto const time = coverage.watched(sector, kinds, span);
    out += ' ' + model::print(time);
    if (time.looks > 0) {
      out += fmt::format(", {} looks", time.looks);
    }
    for (auto const& blind : coverage.why_not(sector, kinds, span)) {
      out += fmt::format("; {} {}", model::text(blind.reason), hours(blind.time));
    }
    out += '\n';
  }
  return out;
}

}  // namespace guarantor::watch
