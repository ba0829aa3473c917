#include "guarantor/report/watch_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "guarantor/model/observation.h"
#include "guarantor/report/html.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/watch_form_parts.h"

namespace guarantor::report {
namespace {

using model::EventKind;
using nlohmann::ordered_json;

/// What a monitor can choose to write down, and which fields go with it.
struct Choice {
  EventKind kind;
  std::string_view category;
  std::string_view label;
  std::string_view about;
  std::string_view fields;  ///< `place`, `count`, `sense`, `blast`, `weapon`, `live`
  bool somewhere{true};     ///< it must say where
};

constexpr std::string_view kEvent = "place sense";
constexpr std::array<Choice, 32> kChoices{{
    {EventKind::kExplosion, "", "Explosion", "Each is counted.",
     "place count sense blast weapon live"},
    {EventKind::kBurst, "", "Burst of automatic fire", "Each is counted.",
     "place count sense weapon live"},
    {EventKind::kShot, "", "Single shot", "Each is counted.", "place count sense weapon live"},
    {EventKind::kStrike, "", "Strike", "A missile, bomb or attack drone hits something.",
     "place sense weapon"},
    {EventKind::kDrone, "", "Drone overhead", "An unmanned aircraft.", "place sense weapon"},
    {EventKind::kAircraft, "", "Aircraft overhead", "A manned one.", kEvent},
    {EventKind::kAdvance, "", "Forces moved forward or dug in", "Where they were not before.",
     kEvent},
    {EventKind::kPresence, "", "Forces or weapons present", "Where they are.",
     "place sense weapon"},
    {EventKind::kMine, "", "Mines or obstacles", "New or old; say which.", kEvent},
    {EventKind::kVessel, "", "Ship attacked, boarded, turned back", "Or mined.", kEvent},
    {EventKind::kDamage, "", "Damage", "To something civilian or protected.", kEvent},
    {EventKind::kCasualty, "", "Casualties", "No names.", "place count sense"},
    {EventKind::kPrisoner, "", "Prisoners", "Lists, exchanges.", kEvent, false},
    {EventKind::kConvoy, "", "Relief convoy", "Passed, delayed or turned back; say which.", kEvent},
    {EventKind::kAlert, "", "Warning to the population", "For example of an air raid.", kEvent},
    {EventKind::kPreparation, "", "Sign of preparation", "No breach by itself.", kEvent},
    {EventKind::kOther, "", "Something else", "Say what.", kEvent, false},
    {EventKind::kWatch, "", "We watched", "From when to when, and where; what was seen apart.",
     "place", false},
    {EventKind::kOutage, "", "Sensor out of order", "From when to when.", "", false},
    {EventKind::kCloud, "", "Cloud", "How much of the sky was covered.", "place count", false},
    {EventKind::kRequest, "", "Access requested", "Of whom and for where; say in words.", "place",
     false},
    {EventKind::kGrant, "", "Access granted", "By whom; say in words.", "place", false},
    {EventKind::kRestriction, "denial", "Access denied", "By whom, with which reason.", "place"},
    {EventKind::kRestriction, "delay", "Delayed", "From when to when, by whom.", "place"},
    {EventKind::kJamming, "", "Jamming", "Of our sensors or radio.", "place sense"},
    {EventKind::kNotice, "exercise", "Notice of an exercise", "Announced for when and where.",
     "place"},
    {EventKind::kNotice, "demining", "Notice of demining", "Announced for when and where.",
     "place"},
    {EventKind::kNotice, "flight", "Notice of a flight", "Announced for when and where.", "place"},
    {EventKind::kNotice, "return-fire", "Order to return fire", "For when and where.", "place"},
    {EventKind::kContact, "hotline", "Call on the hotline", "With whom, about what.", "", false},
    {EventKind::kContact, "liaison", "Liaison officer's note", "", "", false},
    {EventKind::kContact, "", "Other contact", "With whom, about what.", "", false},
}};

ordered_json choices() {
  ordered_json list = ordered_json::array();
  for (Choice const& choice : kChoices) {
    ordered_json fields = ordered_json::array();
    std::string_view rest = choice.fields;
    while (!rest.empty()) {
      auto const word = rest.substr(0, rest.find(' '));
      fields.push_back(word);
      rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    list.push_back({{"kind", model::text(choice.kind)},
                    {"category", choice.category},
                    {"label", choice.label},
                    {"about", choice.about},
                    {"fields", std::move(fields)},
                    {"somewhere", choice.somewhere}});
  }
  return list;
}

/// JSON that can stand in a script element: nothing in it ends the element.
std::string embedded(ordered_json const& data) {
  std::string text;
  for (char const c : data.dump()) {
    text += c == '<' ? std::string{"\\u003c"} : std::string{c};
  }
  return text;
}

std::string data_of(model::Scenario const& scenario, std::span<model::SectorId const> sectors) {
  ordered_json data{
      {"scenario", scenario.header.id.text()},
      {"prefix", scenario.header.kind == model::ScenarioKind::kExercise ? "EXERCISE-" : ""},
      {"sensors", ordered_json::array()},
      {"sectors", ordered_json::array()},
      {"choices", choices()},
      {"senses", model::kWords<model::Sense>},
      {"blasts", model::kWords<model::BlastKind>}};
  for (model::Sensor const& sensor : scenario.sensors) {
    data["sensors"].push_back(
        {sensor.id.text(), sensor.title.empty() ? sensor.id.text() : sensor.title});
  }
  for (model::SectorId const& sector : sectors) {
    data["sectors"].push_back(sector.text());
  }
  return embedded(data);
}

constexpr std::string_view kHead =
    R"(<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">)"
    R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; )"
    R"(style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; )"
    R"(form-action 'none'">)";

}  // namespace

std::string watch_form(model::Scenario const& scenario, std::span<model::SectorId const> sectors) {
  auto const mark = banner(scenario);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const name =
      fmt::format("{}Watch form · {}", mark.empty() ? "" : mark + " · ", scenario.header.title);
  auto const head =
      std::string{kHead} + tag("title", escape(name)) + tag("style", watch_form_style());
  auto const intro =
      tag("header", tag("h1", "Watch form") + tag("p", escape(scenario.header.title)) +
                        tag("p",
                            "Works without a network. Entries stay on this device until they are "
                            "saved as a file; anyone who uses the device can read them.",
                            R"(class="soft")"));
  auto const body =
      strip + intro + tag("main", watch_form_fields()) + strip +
      tag("script", data_of(scenario, sectors), R"(type="application/json" id="data")") +
      tag("script", watch_form_script());
  return "<!DOCTYPE html>\n" + tag("html", tag("head", head) + tag("body", body), R"(lang="en")") +
         "\n";
}

}  // namespace guarantor::report
