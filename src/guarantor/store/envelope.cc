#include "guarantor/store/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/ledger/canonical_json.h"

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;

constexpr std::string_view kBefore = R"({"at":")";
constexpr std::string_view kBetween = R"(","body":)";
constexpr std::size_t kInstantLength = 27;

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// Appends a text as a canonical JSON string; false where it is no UTF-8.
bool append_string(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += '"';
    out += text;
    out += '"';
    return true;
  }
  try {
    auto canonical = ledger::canonical_json(nlohmann::json(std::string{text}).dump());
    if (!canonical.ok()) {
      return false;
    }
    out += canonical.value();
    return true;
  } catch (nlohmann::json::exception const&) {
    return false;
  }
}

/// The length of the JSON value that `text` begins with; nothing where it does not end.
std::optional<std::size_t> value_length(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      i += c == '\\' ? 1 : 0;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
      return i;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return std::nullopt;
}

Error no_envelope() {
  return {ErrorKind::kCheckFailed, "a payload is no record of this store", ""};
}

/// What follows the body, as an object of its own.
bool read_rest(std::string const& text, Record& record) {
  auto const rest = nlohmann::json::parse(text, nullptr, false);
  if (!rest.is_object() || !rest.contains("by") || !rest.contains("key") ||
      !rest.contains("kind") || !rest["by"].is_string() || !rest["key"].is_string() ||
      !rest["kind"].is_string()) {
    return false;
  }
  auto const kind = model::parse<RecordKind>(rest["kind"].get<std::string>());
  if (!kind) {
    return false;
  }
  record.kind = *kind;
  record.key = rest["key"].get<std::string>();
  record.by = rest["by"].get<std::string>();
  if (rest.contains("owner") && rest["owner"].is_string()) {
    record.owner = model::NationId{rest["owner"].get<std::string>()};
  }
  if (rest.contains("releasable_to") && rest["releasable_to"].is_array()) {
    for (auto const& item : rest["releasable_to"]) {
      record.releasable_to.push_back(item.is_string() ? item.get<std::string>() : std::string{});
    }
  }
  return true;
}

}  // namespace

model::Result<std::string> write_envelope(Draft const& draft, std::string_view canonical_body,
                                          Author const& author) {
  std::string text;
  text.reserve(canonical_body.size() + draft.key.size() + author.name.size() + 128);
  text += kBefore;
  text += model::print(author.at);
  text += kBetween;
  text += canonical_body;
  text += R"(,"by":)";
  bool whole = append_string(text, author.name);
  text += R"(,"key":)";
  whole = append_string(text, draft.key) && whole;
  text += R"(,"kind":")";
  text += model::text(draft.kind);
  text += '"';
  if (!draft.owner.empty()) {
    text += R"(,"owner":)";
    whole = append_string(text, draft.owner.text()) && whole;
  }
  if (!draft.releasable_to.empty()) {
    text += R"(,"releasable_to":[)";
    for (std::size_t i = 0; i < draft.releasable_to.size(); ++i) {
      text += i == 0 ? "" : ",";
      whole = append_string(text, draft.releasable_to[i]) && whole;
    }
    text += ']';
  }
  text += '}';
  if (!whole) {
    return Error{ErrorKind::kBadInput, "the key, author, owner or release list is no UTF-8 text",
                 ""};
  }
  return text;
}

model::Result<Record> read_envelope(std::string_view payload) {
  std::size_t const body_at = kBefore.size() + kInstantLength + kBetween.size();
  if (!payload.starts_with(kBefore) || payload.size() < body_at ||
      payload.substr(kBefore.size() + kInstantLength, kBetween.size()) != kBetween) {
    return no_envelope();
  }
  Record record;
  auto const at = model::parse_instant(payload.substr(kBefore.size(), kInstantLength));
  auto const length = value_length(payload.substr(body_at));
  if (!at || !length || payload[body_at + *length] != ',') {
    return no_envelope();
  }
  record.at = *at;
  record.body = payload.substr(body_at, *length);
  std::string rest{"{"};
  rest += payload.substr(body_at + *length + 1);
  if (!read_rest(rest, record)) {
    return no_envelope();
  }
  record.version = ledger::sha256(record.body);
  return record;
}

}  // namespace guarantor::store
