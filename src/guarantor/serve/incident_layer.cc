#include "guarantor/serve/incident_layer.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "guarantor/serve/asked_moment.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/json_body.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMost = 200'000;

std::string quoted(std::string const& text) {
  return dump(nlohmann::ordered_json(text));
}

}  // namespace

bool Box::holds(model::Position at) const {
  double const x = at.longitude.count();
  double const y = at.latitude.count();
  // A box whose west is east of its east goes over the 180th meridian.
  bool const across = west <= east ? x >= west && x <= east : x >= west || x <= east;
  return across && y >= south && y <= north;
}

Result<Box> read_box(std::string_view text) {
  Error const wrong{ErrorKind::kBadInput, fmt::format("bbox: `{}` is no box", text),
                    "west,south,east,north in degrees"};
  std::array<double, 6> numbers{};
  std::size_t count = 0;
  char const* at = text.data();
  char const* const end = at + text.size();
  while (at != end && count < numbers.size()) {
    auto const [next, failure] = std::from_chars(at, end, numbers[count]);
    if (failure != std::errc{} || !std::isfinite(numbers[count]) || (next != end && *next != ',')) {
      return wrong;
    }
    ++count;
    at = next == end ? end : next + 1;
  }
  if (at != end || text.ends_with(',') || (count != 4 && count != 6)) {
    return wrong;
  }
  Box const box = count == 4 ? Box{numbers[0], numbers[1], numbers[2], numbers[3]}
                             : Box{numbers[0], numbers[1], numbers[3], numbers[4]};
  return box.south <= box.north ? Result<Box>{box} : wrong;
}

bool IncidentFilter::takes(IncidentCard const& card) const {
  return card.place && (!from || card.to >= *from) && (!to || card.from < *to) &&
         (!box || box->holds(*card.place));
}

Result<IncidentFilter> read_incident_filter(Request const& request) {
  auto const from = asked_moment(request, "from");
  auto const to = from.ok() ? asked_moment(request, "to") : from;
  if (!to.ok()) {
    return to.error();
  }
  IncidentFilter filter{.from = from.value(), .to = to.value(), .box = {}};
  if (auto const text = request.parameter("bbox"); text && !text->empty()) {
    auto const box = read_box(*text);
    if (!box.ok()) {
      return box.error();
    }
    filter.box = box.value();
  }
  if (auto const text = request.parameter("limit")) {
    auto const [end, failure] =
        std::from_chars(text->data(), text->data() + text->size(), filter.limit);
    if (failure != std::errc{} || end != text->data() + text->size() || filter.limit == 0 ||
        filter.limit > kMost) {
      return Error{ErrorKind::kBadInput, "limit must be a whole number",
                   fmt::format("from 1 to {}", kMost)};
    }
  }
  return filter;
}

std::vector<SharedCard> placed_incidents(IncidentBoard const& board, policy::Viewer const& viewer,
                                         IncidentFilter const& filter) {
  std::vector<SharedCard> cards;
  board.each(std::nullopt, [&](SharedCard const& card) {
    if (filter.takes(*card) && sees_incident(viewer, *card)) {
      cards.push_back(card);
    }
    return cards.size() < filter.limit;
  });
  return cards;
}

std::string feature_of(IncidentCard const& card) {
  auto const id = quoted(card.id.text());
  std::string clauses;
  for (model::ClauseId const& clause : card.clauses) {
    clauses += (clauses.empty() ? "" : ",") + quoted(clause.text());
  }
  return fmt::format(
      R"({{"type":"Feature","id":{0},"geometry":{{"type":"Point","coordinates":[{1},{2}]}},)"
      R"("properties":{{"id":{0},"from":"{3}","to":"{4}","state":"{5}","kind":"{6}",)"
      R"("alleged":{7},"sector":{8},"what":"{9}","reports":{10},"munitions":{11},"radius_m":{12:.0f},)"
      R"("clauses":[{13}]}}}})",
      id, card.place->longitude.count(), card.place->latitude.count(), model::print(card.from),
      model::print(card.to), model::text(card.state), model::text(card.kind),
      card.clauses.empty() ? "false" : "true", quoted(card.sector.text()), model::text(card.what),
      card.reports, card.munitions.all(), card.radius.count(), clauses);
}

}  // namespace guarantor::serve
