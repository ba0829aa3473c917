#include "guarantor/intake/cursor_on_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <pugixml.hpp>
#include <utility>

#include "guarantor/intake/cot_events.h"
#include "guarantor/intake/plausible.h"
#include "guarantor/intake/text_adapter.h"
#include "guarantor/intake/time_format.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

using model::EventKind;
using model::Observation;

constexpr double kUnknownError = 9'999'999;
constexpr int kMostNesting = 64;
constexpr std::string_view kDeletion = "t-x-d-d";
constexpr std::string_view kTrack = "a-";

/// The next part of a type, up to a hyphen.
std::string_view take_part(std::string_view& type) {
  std::string_view const part = type.substr(0, type.find('-'));
  type.remove_prefix(std::min(part.size() + 1, type.size()));
  return part;
}

bool matches(std::string_view pattern, std::string_view type) {
  while (!pattern.empty()) {
    if (type.empty()) {
      return false;
    }
    std::string_view const wanted = take_part(pattern);
    if (std::string_view const part = take_part(type); wanted != "." && wanted != part) {
      return false;
    }
  }
  return true;
}

/// How deep elements nest, by their tags alone; an upper bound.
bool nests_too_deeply(std::string_view text) {
  int depth = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::string_view const tag = text.substr(at, text.find('>', at) - at);
    if (tag.starts_with("</")) {
      --depth;
    } else if (!tag.ends_with('/') && !tag.starts_with("<!") && !tag.starts_with("<?")) {
      ++depth;
    }
    if (depth > kMostNesting) {
      return true;
    }
  }
  return false;
}

class CursorOnTarget final : public TextAdapter {
 public:
  explicit CursorOnTarget(CotOptions options)
      : options_{std::move(options)}, events_{options_.limits.record_bytes} {
    // So that the longest pattern is met first.
    std::ranges::stable_sort(options_.kinds, std::greater{},
                             [](CotKind const& kind) { return kind.pattern.size(); });
  }

 private:
  class Receiver final : public EventReceiver {
   public:
    Receiver(CursorOnTarget& adapter, Sink& sink) : adapter_{adapter}, sink_{sink} {}

    void event(std::string_view text, std::uint64_t line) override {
      Observation observation;
      auto flaw = adapter_.read(text, observation);
      if (!flaw) {
        flaw = find_flaw(observation, adapter_.options_.limits);
      }
      if (flaw) {
        flaw->line = line;
        sink_.reject(*flaw);
      } else {
        sink_.take(std::move(observation), line);
      }
    }
    void bad_event(Reject const& reject) override { sink_.reject(reject); }

   private:
    CursorOnTarget& adapter_;
    Sink& sink_;
  };

  void feed_text(std::string_view text, Sink& sink) override {
    Receiver receiver{*this, sink};
    events_.feed(text, receiver);
  }
  void finish_text(Sink& sink) override {
    Receiver receiver{*this, sink};
    events_.finish(receiver);
  }

  std::optional<Reject> read(std::string_view text, Observation& observation) const {
    if (!is_utf8(text)) {
      return Reject{RejectReason::kNotUtf8, 0, {}, "bytes that are no UTF-8"};
    }
    if (nests_too_deeply(text)) {
      return Reject{RejectReason::kBadSyntax,
                    0,
                    {},
                    fmt::format("elements nest deeper than {}", kMostNesting)};
    }
    pugi::xml_document document;
    pugi::xml_parse_result const parsed = document.load_buffer(
        text.data(), text.size(), pugi::parse_default & ~pugi::parse_eol, pugi::encoding_utf8);
    pugi::xml_node const event = document.child("event");
    if (!parsed || !event) {
      return Reject{
          RejectReason::kBadSyntax, 0, {}, fmt::format("no XML: {}", parsed.description())};
    }
    auto flaw = read_event(event, observation);
    // A reference such as &#xD800; makes what is no character.
    for (std::string_view const made :
         {std::string_view{observation.id.text()}, std::string_view{observation.category},
          std::string_view{observation.observer}, std::string_view{observation.text}}) {
      if (!flaw && !is_utf8(made)) {
        flaw = Reject{RejectReason::kNotUtf8, 0, {}, "a reference to what is no character"};
      }
    }
    return flaw;
  }

  std::optional<Reject> read_event(pugi::xml_node event, Observation& observation) const {
    std::string_view const type = event.attribute("type").value();
    if (auto flaw = read_moments(event, observation)) {
      return flaw;
    }
    bool const deletion = type == kDeletion;
    pugi::xml_node const detail = event.child("detail");
    pugi::xml_node const link = detail.child("link");
    std::string_view const uid =
        deletion ? link.attribute("uid").value() : event.attribute("uid").value();
    if (uid.empty()) {
      return Reject{RejectReason::kMissingField, 0, "uid",
                    deletion ? "the deletion links to nothing" : "the event has no uid"};
    }
    std::string_view const of_type = deletion ? link.attribute("type").value() : type;
    bool const track = of_type.starts_with(kTrack);
    if (deletion && track) {
      return Reject{RejectReason::kNotAnObservation, 0, "link",
                    "a track that is taken off the screen was there all the same"};
    }
    // What moves is seen anew at each place: that a drone went on takes nothing back.
    std::string const at = track ? "@" + model::print(observation.from) : "";
    observation.id = model::ObservationId{fmt::format("{}:{}{}", options_.source, uid, at)};
    observation.source = options_.source;
    observation.category = type;
    observation.withdrawn = deletion;
    if (deletion) {
      return std::nullopt;
    }
    if (auto flaw = read_kind(type, observation)) {
      return flaw;
    }
    observation.sense = std::string_view{event.attribute("how").value()}.starts_with('m')
                            ? model::Sense::kSensor
                            : model::Sense::kReported;
    observation.observer = detail.child("contact").attribute("callsign").value();
    observation.text = trimmed(detail.child("remarks").text().get());
    return read_point(event.child("point"), observation);
  }

  std::optional<Reject> read_kind(std::string_view type, Observation& observation) const {
    for (CotKind const& kind : options_.kinds) {
      if (!matches(kind.pattern, type)) {
        continue;
      }
      if (!kind.kind) {
        return Reject{RejectReason::kNotAnObservation, 0, "type",
                      fmt::format("`{}` reports nothing", excerpt(type))};
      }
      observation.kind = *kind.kind;
      return std::nullopt;
    }
    return Reject{RejectReason::kUnknownKind, 0, "type",
                  fmt::format("the table has nothing for `{}`", excerpt(type))};
  }

  std::optional<Reject> read_moments(pugi::xml_node event, Observation& observation) const {
    model::Instant time;
    model::Instant stale;
    for (auto const& [name, moment] :
         {std::pair{"time", &time}, {"start", &observation.from}, {"stale", &stale}}) {
      std::string_view const text = event.attribute(name).value();
      if (text.empty()) {
        return Reject{RejectReason::kMissingField, 0, name, "it is not given"};
      }
      auto const instant = parse_moment(text);
      if (!instant) {
        return Reject{RejectReason::kBadDate, 0, name,
                      fmt::format("`{}` is no moment such as 2026-01-31T12:00:00Z", excerpt(text))};
      }
      *moment = *instant;
    }
    if (stale < observation.from) {
      return Reject{RejectReason::kBadDate, 0, "stale", "it comes before start"};
    }
    observation.to = std::max(observation.from, time);
    observation.reported = time;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<model::Instant> parse_moment(std::string_view text) const {
    for (TimeFormat const& format : formats_) {
      if (auto const span = format.read(text, TimeZone{})) {
        return span->from;
      }
    }
    return std::nullopt;
  }

  std::optional<Reject> read_point(pugi::xml_node point, Observation& observation) const {
    if (!point) {
      return Reject{RejectReason::kNoPlace, 0, "point", "the event has no point"};
    }
    std::string_view const error = point.attribute("ce").value();
    auto const radius = error.empty() ? std::optional{kUnknownError} : parse_number(error);
    if (!radius) {
      return Reject{RejectReason::kBadNumber, 0, "ce",
                    fmt::format("`{}` is no number of metres", excerpt(error))};
    }
    bool const unknown = *radius >= kUnknownError;
    observation.precision = unknown ? options_.unknown_precision : model::Metres{*radius};
    auto flaw =
        read_position(trimmed(point.attribute("lat").value()),
                      trimmed(point.attribute("lon").value()), "lat", "lon", observation.place);
    // What has no position yet is sent at 0, 0 with an unknown error.
    if (!flaw && unknown && *observation.place == model::Position{}) {
      return Reject{RejectReason::kNoPlace, 0, "point", "the point says that it is not known"};
    }
    return flaw;
  }

  CotOptions options_;
  CotEvents events_;
  std::array<TimeFormat, 2> formats_{TimeFormat::parse("YYYY-MM-DDThh:mm:ss.fZ").value(),
                                     TimeFormat::parse("YYYY-MM-DDThh:mmZ").value()};
};

}  // namespace

std::vector<CotKind> default_cot_kinds() {
  return {{"a-.-G", EventKind::kPresence},
          {"a-.-S", EventKind::kPresence},
          {"a-.-U", EventKind::kPresence},
          {"a-.-F", EventKind::kPresence},
          {"a-.-A", EventKind::kAircraft},
          {"a-.-A-M-F-Q", EventKind::kDrone},  // unmanned, fixed wing; below, rotary wing
          {"a-.-A-M-H-Q", EventKind::kDrone},
          {"a-.-A-W", EventKind::kOther},  // a missile in flight has hit nothing yet
          {"b-a", EventKind::kAlert},
          {"b-r-f-h-c", EventKind::kCasualty},  // a request for evacuation
          {"b", std::nullopt},                  // bits: points, images, chat
          {"b-m-p-s-p-i", EventKind::kOther},   // a spot report
          {"u", std::nullopt},                  // drawings
          {"t", std::nullopt},                  // tasking, pings
          {"y", std::nullopt}};                 // replies
}

std::unique_ptr<Adapter> cursor_on_target(CotOptions const& options) {
  return std::make_unique<CursorOnTarget>(options);
}

}  // namespace guarantor::intake
