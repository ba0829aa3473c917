#include "guarantor/serve/cot_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/intake/utf8.h"

namespace guarantor::serve {
namespace {

constexpr std::string_view kSpotReport = "b-m-p-s-p-i";
constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";

std::string uid_of(model::IncidentId const& id) {
  return "guarantor." + id.text();
}

/// One character; what has a meaning of its own is named, as are ends of lines, which an attribute
/// would lose.
std::string_view named(char letter) {
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    case '\t':
      return "&#9;";
    default:
      return {};
  }
}

void add(std::string& text, std::string_view characters) {
  for (std::size_t i = 0; i < characters.size(); ++i) {
    char const letter = characters[i];
    if (auto const name = named(letter); !name.empty()) {
      text += name;
    } else if (characters.substr(i).starts_with("\xEF\xBF\xBE") ||
               characters.substr(i).starts_with("\xEF\xBF\xBF")) {
      i += 2;  // no characters of XML
    } else if (static_cast<unsigned char>(letter) >= ' ') {
      text += letter;
    }
  }
}

std::string remarks_of(IncidentCard const& card) {
  auto text = fmt::format("{}, {}; reports: {}", model::text(card.kind), model::text(card.state),
                          card.reports);
  if (!card.sector.empty()) {
    text += fmt::format("; sector {}", card.sector.text());
  }
  if (card.munitions.all() > 0) {
    text += fmt::format("; explosions {}, bursts {}, shots {}", card.munitions.explosions,
                        card.munitions.bursts, card.munitions.shots);
  }
  for (model::ClauseId const& clause : card.clauses) {
    text += fmt::format("; said to breach {}", clause.text());
  }
  return text;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    auto const whole = intake::whole_characters(text);
    add(escaped, whole);
    text.remove_prefix(whole.size());
    if (!text.empty()) {
      escaped += kNoCharacter;
      text.remove_prefix(1);
    }
  }
  return escaped;
}

model::Instant cot_stale(IncidentCard const& card) {
  return std::max(card.from, card.to) + kCotStays;
}

std::string cot_event(IncidentCard const& card, model::Instant said) {
  return fmt::format(
      R"(<event version="2.0" uid="{}" type="{}" how="m-f" time="{}" start="{}" stale="{}">)"
      R"(<point lat="{:.6f}" lon="{:.6f}" hae="9999999.0" ce="{:.1f}" le="9999999.0"/>)"
      R"(<detail><contact callsign="{}"/><remarks>{}</remarks></detail></event>)"
      "\n",
      xml_text(uid_of(card.id)), kSpotReport, model::print(said), model::print(card.from),
      model::print(cot_stale(card)), card.place->latitude.count(), card.place->longitude.count(),
      card.radius.count(), xml_text(fmt::format("{} {}", model::text(card.kind), card.id.text())),
      xml_text(remarks_of(card)));
}

std::string cot_deletion(model::IncidentId const& id, model::Instant said) {
  auto const uid = xml_text(uid_of(id));
  // It counts a while longer than it takes a client to come back.
  auto const stale = model::print(said + std::chrono::hours{1});
  return fmt::format(
      R"(<event version="2.0" uid="{0}" type="t-x-d-d" how="m-f" time="{1}" start="{1}" stale="{2}">)"
      R"(<point lat="0" lon="0" hae="9999999.0" ce="9999999.0" le="9999999.0"/>)"
      R"(<detail><link uid="{0}" type="{3}" relation="none"/><__forcedelete/></detail></event>)"
      "\n",
      uid, model::print(said), stale, kSpotReport);
}

}  // namespace guarantor::serve
