#include "guarantor/serve/proxy_word.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using nlohmann::json;

constexpr std::chrono::seconds kBetweenReadings{30};

Result<JsonWebKeys> read_file(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return Error{ErrorKind::kNotFound, "cannot read " + path.string(), "the issuer's JWK set"};
  }
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  return JsonWebKeys::read(text);
}

json const* claim_at(json const& claims, std::string_view path) {
  if (auto const whole = claims.find(std::string{path}); whole != claims.end()) {
    return &*whole;
  }
  auto const dot = path.find('.');
  if (dot == std::string_view::npos) {
    return nullptr;
  }
  auto const outer = claims.find(std::string{path.substr(0, dot)});
  return outer != claims.end() && outer->is_object() ? claim_at(*outer, path.substr(dot + 1))
                                                     : nullptr;
}

}  // namespace

Result<policy::Viewer> viewer_of_claims(json const& claims, std::string_view role_claim) {
  std::vector<policy::Viewer> viewers;
  auto const add = [&](json const& word) {
    auto viewer = word.is_string() ? policy::parse_viewer(word.get_ref<std::string const&>())
                                   : Result<policy::Viewer>{Error{}};
    if (viewer.ok() && viewer.value().role != policy::Role::kPublic &&
        std::ranges::find(viewers, viewer.value()) == viewers.end()) {
      viewers.push_back(std::move(viewer).value());
    }
  };
  auto const* const claim = claim_at(claims, role_claim);
  if (claim != nullptr && claim->is_array()) {
    std::ranges::for_each(*claim, add);
  } else if (claim != nullptr) {
    add(*claim);
  }
  if (viewers.size() != 1) {
    return Error{ErrorKind::kRefused,
                 viewers.empty() ? "the token names no role of this server"
                                 : "the token names more than one role",
                 "one role for each person, as in planner or delegate:XAB"};
  }
  return viewers.front();
}

Result<std::shared_ptr<ProxyWord>> ProxyWord::open(ProxyRules rules) {
  if (rules.token.issuer.empty() || rules.token.audience.empty()) {
    return Error{ErrorKind::kBadInput, "an issuer and an audience are needed", ""};
  }
  auto keys = read_file(rules.keys);
  if (!keys.ok()) {
    return keys.error();
  }
  return std::shared_ptr<ProxyWord>{new ProxyWord{
      std::move(rules), std::make_shared<JsonWebKeys const>(std::move(keys).value())}};
}

ProxyWord::ProxyWord(ProxyRules rules, std::shared_ptr<JsonWebKeys const> keys)
    : rules_{std::move(rules)}, keys_{std::move(keys)} {}

Result<Caller> ProxyWord::read(std::string_view token, model::Instant now) {
  auto const read = read_jwt(token);
  if (!read.ok()) {
    return Error{ErrorKind::kRefused, read.error().message, ""};
  }
  if (auto const right = check_signature(read.value(), *keys_for(read.value(), now)); !right.ok()) {
    return right.error();
  }
  if (auto const right = check_claims(read.value(), rules_.token, now); !right.ok()) {
    return right.error();
  }
  auto viewer = viewer_of_claims(read.value().claims, rules_.role_claim);
  if (!viewer.ok()) {
    return viewer.error();
  }
  return Caller{.viewer = std::move(viewer).value(),
                .account = "oidc:" + read.value().claims.at("sub").get<std::string>(),
                .credential = Credential::kProxy};
}

std::shared_ptr<JsonWebKeys const> ProxyWord::keys_for(Jwt const& token, model::Instant now) {
  auto const kid = token.header.find("kid");
  std::scoped_lock const lock{mutex_};
  bool const unknown = kid != token.header.end() && kid->is_string() &&
                       keys_->find(kid->get_ref<std::string const&>()) == nullptr;
  if (unknown && (!read_again_ || now - *read_again_ >= kBetweenReadings)) {
    read_again_ = now;
    if (auto keys = read_file(rules_.keys); keys.ok()) {
      keys_ = std::make_shared<JsonWebKeys const>(std::move(keys).value());
    }
  }
  return keys_;
}

}  // namespace guarantor::serve
