#include "guarantor/serve/incident_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/serve/asked_moment.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/incident_text.h"
#include "guarantor/serve/paging.h"

namespace guarantor::serve {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

namespace {

/// Which incidents are asked for.
struct Wanted {
  std::optional<model::Instant> from;
  std::optional<model::Instant> to;
  std::optional<std::string> sector;
  std::optional<std::string> clause;
  std::optional<std::string> text;
  std::vector<std::string> states;
  std::vector<std::string> kinds;
};

std::vector<std::string> words_of(std::optional<std::string> const& list) {
  std::vector<std::string> words;
  std::string_view rest = list ? std::string_view{*list} : std::string_view{};
  while (!rest.empty()) {
    std::string_view const word = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (!word.empty()) {
      words.emplace_back(word);
    }
  }
  return words;
}

template <class... Enums>
Result<model::Done> known_words(std::vector<std::string> const& words, std::string_view name,
                                std::string_view hint) {
  for (std::string const& word : words) {
    if (!(model::parse<Enums>(word) || ...)) {
      return Error{ErrorKind::kBadInput, fmt::format("{}: `{}` is none", name, word),
                   std::string{hint}};
    }
  }
  return model::Done{};
}

Result<Wanted> read_wanted(Request const& request) {
  auto const from = asked_moment(request, "from");
  auto const to = asked_moment(request, "to");
  if (!from.ok() || !to.ok()) {
    return from.ok() ? to.error() : from.error();
  }
  Wanted wanted{.from = from.value(),
                .to = to.value(),
                .sector = request.parameter("sector"),
                .clause = request.parameter("clause"),
                .text = request.parameter("q"),
                .states = words_of(request.parameter("state")),
                .kinds = words_of(request.parameter("kind"))};
  for (auto* given : {&wanted.sector, &wanted.clause, &wanted.text}) {
    if (*given && (*given)->empty()) {
      given->reset();
    }
  }
  auto known = known_words<model::CaseState>(
      wanted.states, "state",
      "observed, alleged, verified, not-verified, unverifiable, disputed or closed");
  known = known.ok() ? known_words<model::EventKind, model::IncidentClass>(
                           wanted.kinds, "kind", "a kind of event, or a class as fire or flight")
                     : known;
  return known.ok() ? Result<Wanted>{std::move(wanted)} : known.error();
}

bool holds(std::vector<std::string> const& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool says(IncidentCard const& card, std::string_view text) {
  auto const in = [&](std::string_view where) {
    return where.find(text) != std::string_view::npos;
  };
  return in(card.id.text()) || in(card.sector.text()) || in(model::text(card.kind)) ||
         in(model::text(card.state)) || std::ranges::any_of(card.observers, in) ||
         std::ranges::any_of(card.clauses, [&](auto const& clause) { return in(clause.text()); }) ||
         std::ranges::any_of(card.sources, [&](auto const& source) { return in(source.first); });
}

bool is_wanted(Wanted const& wanted, IncidentCard const& card) {
  return (!wanted.from || card.to >= *wanted.from) && (!wanted.to || card.from < *wanted.to) &&
         (!wanted.sector || card.sector.text() == *wanted.sector) &&
         (wanted.states.empty() || holds(wanted.states, model::text(card.state))) &&
         (wanted.kinds.empty() || holds(wanted.kinds, model::text(card.kind)) ||
          holds(wanted.kinds, model::text(card.what))) &&
         (!wanted.clause ||
          std::ranges::find(card.clauses, model::ClauseId{*wanted.clause}) != card.clauses.end()) &&
         (!wanted.text || says(card, *wanted.text));
}

std::string cursor_of(IncidentCard const& card) {
  return model::print(card.from) + "~" + card.id.text();
}

Result<std::optional<BoardPlace>> place_of(std::string const& cursor) {
  if (cursor.empty()) {
    return std::optional<BoardPlace>{};
  }
  auto const tilde = cursor.find('~');
  auto const from = model::parse_instant(cursor.substr(0, tilde));
  if (tilde == std::string::npos || !from) {
    return Error{ErrorKind::kBadInput, "after: that is no cursor",
                 "take `next` of the page before as it is"};
  }
  return std::optional{BoardPlace{*from, model::IncidentId{cursor.substr(tilde + 1)}}};
}

BoardPlace place_of(SharedCard const& card) {
  return {card->from, card->id};
}

struct Stretch {
  std::optional<BoardPlace> after;
  std::size_t most{};
};

/// Those the viewer sees, in order: whole ones, and among them those that it is told a part of.
Result<std::vector<SharedCard>> find_wanted(Floor const& floor, policy::Viewer const& viewer,
                                            Wanted const& wanted, Stretch const& stretch) {
  auto const board = floor.services.watch.incidents();
  if (!board.ok()) {
    return board.error();
  }
  std::vector<SharedCard> found;
  board.value()->each(stretch.after, [&](SharedCard const& card) {
    if (is_wanted(wanted, *card) && sees_incident(viewer, *card)) {
      found.push_back(card);
    }
    return found.size() < stretch.most;
  });
  if (sees_all_reports(viewer)) {
    return found;
  }
  auto const parts = floor.seen.parts(viewer, *board.value());
  if (!parts.ok()) {
    return parts.error();
  }
  for (SharedCard const& part : parts.value()) {
    if (is_wanted(wanted, *part) && (!stretch.after || place_of(part) > *stretch.after)) {
      found.push_back(part);
    }
  }
  std::ranges::sort(found, {}, [](SharedCard const& card) { return place_of(card); });
  found.resize(std::min(found.size(), stretch.most));
  return found;
}

}  // namespace

Result<Response> list_incidents(Floor const& floor, Call const& call) {
  auto const wanted = read_wanted(call.request);
  auto const paging = wanted.ok() ? read_paging(call.request) : wanted.error();
  auto after = paging.ok() ? place_of(paging.value().after) : paging.error();
  if (!after.ok()) {
    return after.error();
  }
  // Nothing that begins at `to` or later is wanted.
  if (wanted.value().to && (!after.value() || after.value()->from >= *wanted.value().to)) {
    after = std::optional{BoardPlace{*wanted.value().to - std::chrono::microseconds{1}, {}}};
  }
  auto found = find_wanted(floor, call.caller.viewer, wanted.value(),
                           {after.value(), paging.value().limit + 1});
  if (!found.ok()) {
    return found.error();
  }
  bool const more = found.value().size() > paging.value().limit;
  if (more) {
    found.value().pop_back();
  }
  Json items = Json::array();
  for (SharedCard const& card : found.value()) {
    items.push_back(to_json(*card, call.caller.viewer));
  }
  return respond_page(call.request,
                      page(std::move(items),
                           more ? std::optional{cursor_of(*found.value().back())} : std::nullopt));
}

}  // namespace guarantor::serve
