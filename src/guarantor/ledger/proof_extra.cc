#include "guarantor/ledger/proof_extra.h"

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/canonical_string.h"

namespace guarantor::ledger {
namespace {

constexpr std::string_view kPayload = R"({"payload":)";
constexpr std::string_view kSalt = R"("salt":")";
constexpr std::string_view kEnd = R"("})";
constexpr std::size_t kHexDigits = 64;

/// The text a canonical JSON string stands for; what is no such string gives another one back.
std::string unquoted(std::string_view quoted) {
  std::string text;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] != '\\') {
      text += quoted[i];
      continue;
    }
    ++i;
    constexpr std::string_view kKinds = "\"\\bfnrt";
    constexpr std::string_view kMeanings = "\"\\\b\f\n\r\t";
    auto const known = kKinds.find(quoted[i]);
    if (known != std::string_view::npos) {
      text += kMeanings[known];
    } else if (quoted.size() - i > 4) {  // \u00xx, of a control character
      auto const digit = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
      text += static_cast<char>(16 * digit(quoted[i + 3]) + digit(quoted[i + 4]));
      i += 4;
    }
  }
  return text;
}

}  // namespace

std::string proof_extra(ProofExtra const& extra) {
  std::string text = "{";
  if (extra.payload) {
    auto const quoted = canonical_json_string(*extra.payload);
    text = std::string{kPayload} + (quoted ? quoted.value() : "\"\"") + ",";
  }
  return text + std::string{kSalt} + hex(Digest{extra.salt}) + std::string{kEnd};
}

std::optional<ProofExtra> parse_proof_extra(std::string_view text) {
  std::size_t const tail = kSalt.size() + kHexDigits + kEnd.size();
  if (text.size() <= tail) {
    return std::nullopt;
  }
  std::string_view const before = text.substr(0, text.size() - tail);
  auto const salt = digest_from_hex(text.substr(before.size() + kSalt.size(), kHexDigits));
  if (!salt) {
    return std::nullopt;
  }
  ProofExtra extra{.salt = salt.value().bytes, .payload = {}};
  if (before.size() > kPayload.size() + 2) {
    extra.payload = unquoted(before.substr(kPayload.size(), before.size() - kPayload.size() - 1));
  }
  return proof_extra(extra) == text ? std::optional{extra} : std::nullopt;
}

}  // namespace guarantor::ledger
