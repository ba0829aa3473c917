#include "guarantor/serve/proxy_word.h"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <string>

#include "sign_in_case.h"
#include "temporary_store.h"
#include "token_signer.h"

namespace guarantor::serve {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr long long kNoon = 1'795'953'600;  // 2026-11-29T12:00:00Z

json good_claims() {
  return {{"iss", "https://id.example"},
          {"aud", "guarantor"},
          {"sub", "anna-17"},
          {"exp", kNoon + 300},
          {"guarantor_role", "planner"}};
}

/// The claims with one of them as it should not be; null: without it.
json with(char const* name, json const& value) {
  auto claims = good_claims();
  if (value.is_null()) {
    claims.erase(name);
  } else {
    claims[name] = value;
  }
  return claims;
}

class ProxyWordTest : public ::testing::Test {
 protected:
  ProxyWordTest() {
    keep_keys(rsa_.keys());
    auto opened = ProxyWord::open(
        {.token = {.issuer = "https://id.example", .audience = "guarantor"}, .keys = file()});
    word_ = std::move(opened).value();
  }

  std::filesystem::path file() { return case_files_.folder() / "keys.json"; }
  void keep_keys(std::string const& text) { store::write_bytes(file(), text); }
  bool counts(std::string const& token) { return word_->read(token, now_).ok(); }
  bool counts(json const& claims) { return counts(rsa_.sign(claims)); }

  store::TemporaryStore case_files_;
  TokenSigner rsa_{JwtSigning::kRs256};
  TokenSigner ec_{JwtSigning::kEs256, "k2"};
  std::shared_ptr<ProxyWord> word_;
  model::Instant now_{*model::parse_instant("2026-11-29T12:00:00Z")};
};

TEST_F(ProxyWordTest, SaysWhoSomebodyIs) {
  auto const caller = word_->read(rsa_.sign(good_claims()), now_);
  ASSERT_TRUE(caller.ok()) << caller.error().message;
  EXPECT_EQ(caller.value().account, "oidc:anna-17");
  EXPECT_EQ(caller.value().viewer.role, policy::Role::kPlanner);
  EXPECT_EQ(caller.value().credential, Credential::kProxy);
}

TEST_F(ProxyWordTest, TakesBothKindsOfKeys) {
  keep_keys(json{{"keys", {rsa_.public_key(), ec_.public_key()}}}.dump());
  EXPECT_TRUE(counts(ec_.sign(good_claims()))) << "the file is read again for a key not known";
  EXPECT_TRUE(counts(rsa_.sign(good_claims())));
}

TEST_F(ProxyWordTest, ReadsKeysAgainNowAndThenOnly) {
  EXPECT_FALSE(counts(ec_.sign(good_claims())));
  keep_keys(ec_.keys());
  EXPECT_FALSE(counts(ec_.sign(good_claims())));
  now_ += 30s;
  EXPECT_TRUE(counts(ec_.sign(good_claims())));
  keep_keys("broken");
  now_ += 30s;
  EXPECT_FALSE(counts(rsa_.sign(good_claims())));
  EXPECT_TRUE(counts(ec_.sign(good_claims()))) << "a broken file changes nothing";
}

TEST_F(ProxyWordTest, TakesNoOtherSigning) {
  auto const token = rsa_.sign(good_claims());
  auto const claims = base64url(good_claims().dump());
  for (json const& header :
       {json{{"alg", "none"}, {"kid", "k1"}}, json{{"alg", "None"}, {"kid", "k1"}},
        json{{"alg", "HS256"}, {"kid", "k1"}}, json{{"alg", "ES256"}, {"kid", "k1"}},
        json{{"alg", "RS384"}, {"kid", "k1"}}, json{{"alg", "rs256"}, {"kid", "k1"}},
        json{{"alg", "RS256"}}, json{{"alg", "RS256"}, {"kid", "k9"}},
        json{{"alg", "RS256"}, {"kid", 1}},
        json{{"alg", "RS256"}, {"kid", "k1"}, {"crit", {"b64"}}}, json{{"kid", "k1"}},
        json{{"alg", {"RS256"}}, {"kid", "k1"}}}) {
    EXPECT_FALSE(counts(rsa_.sign(header, good_claims()))) << header;
    EXPECT_FALSE(counts(base64url(header.dump()) + "." + claims + ".")) << header;
  }
  EXPECT_TRUE(counts(rsa_.sign({{"alg", "RS256"}, {"kid", "k1"}}, good_claims())));
}

TEST_F(ProxyWordTest, APublicKeyIsNoSecretToShare) {
  auto const header = base64url(R"({"alg":"HS256","kid":"k1"})");
  auto const text = header + "." + base64url(good_claims().dump());
  auto const secret = rsa_.keys();
  std::string mac(32, '\0');
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), &size);
  EXPECT_FALSE(counts(text + "." + base64url(mac)));
}

TEST_F(ProxyWordTest, AnyChangeOfATokenUndoesIt) {
  for (TokenSigner const* signer : {&rsa_, &ec_}) {
    keep_keys(signer->keys());
    now_ += 30s;
    auto const token = signer->sign(good_claims());
    ASSERT_TRUE(counts(token));
    for (std::size_t i = 0; i < token.size(); i += 3) {
      auto changed = token;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(counts(changed)) << i;
    }
    EXPECT_FALSE(counts(token + "A"));
    EXPECT_FALSE(counts(token + "="));
    EXPECT_FALSE(counts(token.substr(0, token.size() - 1)));
    EXPECT_FALSE(counts(token + "." + token));
    EXPECT_FALSE(counts(" " + token));
  }
}

TEST_F(ProxyWordTest, AnotherKeyOfTheSameNameIsAnother) {
  TokenSigner const other{JwtSigning::kRs256};
  EXPECT_FALSE(counts(other.sign(good_claims())));
}

TEST_F(ProxyWordTest, IsForUsAndOfTheIssuerAndInTime) {
  EXPECT_TRUE(counts(good_claims()));
  EXPECT_TRUE(counts(with("aud", {"somebody", "guarantor"})));
  EXPECT_TRUE(counts(with("nbf", kNoon + 60)));
  EXPECT_TRUE(counts(with("exp", kNoon - 59)));
  EXPECT_TRUE(counts(with("exp", 1'795'953'600.5)));
  for (auto const& [name, value] :
       std::vector<std::pair<char const*, json>>{{"iss", nullptr},
                                                 {"iss", "https://id.example/"},
                                                 {"aud", nullptr},
                                                 {"aud", "guarantor2"},
                                                 {"aud", json::array()},
                                                 {"aud", 7},
                                                 {"exp", nullptr},
                                                 {"exp", kNoon - 60},
                                                 {"exp", std::to_string(kNoon + 300)},
                                                 {"exp", 1e300},
                                                 {"exp", -1},
                                                 {"nbf", kNoon + 61},
                                                 {"nbf", "soon"},
                                                 {"iat", kNoon + 61},
                                                 {"sub", nullptr},
                                                 {"sub", ""},
                                                 {"sub", 17},
                                                 {"sub", "two words"},
                                                 {"sub", "line\nbreak"},
                                                 {"sub", std::string(201, 'a')}}) {
    EXPECT_FALSE(counts(with(name, value))) << name << " " << value;
  }
}

TEST_F(ProxyWordTest, NamesOneRole) {
  EXPECT_TRUE(counts(with("guarantor_role", {"staff", "delegate:XAB", "printers"})));
  EXPECT_TRUE(counts(with("guarantor_role", {"planner", "planner"})));
  for (json const& role :
       {json(nullptr), json("public"), json("queen"), json("delegate"), json::array(),
        json{"planner", "auditor"}, json{"staff"}, json(7), json{{"planner", true}}}) {
    EXPECT_FALSE(counts(with("guarantor_role", role))) << role;
  }
}

TEST(ViewerOfClaims, FindsTheClaimByItsNameOrItsPath) {
  json const claims{{"realm_access", {{"roles", {"offline", "auditor"}}}},
                    {"https://id.example/role", "verifier"}};
  EXPECT_EQ(viewer_of_claims(claims, "realm_access.roles").value().role, policy::Role::kAuditor);
  EXPECT_EQ(viewer_of_claims(claims, "https://id.example/role").value().role,
            policy::Role::kVerifier);
  EXPECT_FALSE(viewer_of_claims(claims, "realm_access.roles.more").ok());
  EXPECT_FALSE(viewer_of_claims(claims, "").ok());
}

TEST(JsonWebKeysTest, TakesPublicKeysThatAreSafeAlone) {
  TokenSigner const rsa{JwtSigning::kRs256};
  TokenSigner const ec{JwtSigning::kEs256, "k2"};
  auto const set = [](auto const&... keys) { return json{{"keys", {keys...}}}.dump(); };
  auto const changed = [](TokenSigner const& signer, char const* name, json const& value) {
    auto key = signer.public_key();
    key[name] = value;
    return key;
  };
  EXPECT_EQ(JsonWebKeys::read(set(rsa.public_key(), ec.public_key())).value().size(), 2U);
  // Keys for other work do not matter.
  EXPECT_EQ(JsonWebKeys::read(set(rsa.public_key(), changed(ec, "use", "enc"),
                                  json{{"kty", "OKP"}, {"kid", "k3"}}))
                .value()
                .size(),
            1U);
  for (std::string const& wrong :
       {std::string{}, std::string{"{}"}, std::string{"[]"}, set(), set(json{7}),
        set(changed(rsa, "d", "AQAB")), set(json{{"kty", "oct"}, {"k", "AQAB"}}),
        set(changed(rsa, "kid", "")), set(rsa.public_key(), rsa.public_key()),
        set(changed(rsa, "n", base64url(std::string(128, '\xff')))), set(changed(rsa, "e", "AQ")),
        set(changed(rsa, "e", "AAAA")), set(changed(rsa, "n", "not base 64")),
        set(changed(ec, "x", base64url(std::string(32, '\x01')))), set(changed(ec, "y", "AQAB")),
        set(changed(ec, "crv", "P-521"))}) {
    EXPECT_FALSE(JsonWebKeys::read(wrong).ok()) << wrong;
  }
}

/// The same through the dispatcher.
class ProxiedRequests : public ProxyWordTest {
 protected:
  static SignInRules rules(std::shared_ptr<ProxyWord> word) {
    SignInRules made;
    made.proxy = std::move(word);
    return made;
  }
  Response ask(std::string_view method, SignInCase::Browser const& browser, Fields more) {
    Request request{.method = std::string{method}, .path = "/api/session", .headers = more};
    if (!browser.cookie.empty()) {
      request.headers.set("Cookie", browser.cookie);
    }
    return case_.dispatcher().answer(request);
  }
  Fields forwarded(std::string const& token) {
    Fields fields;
    fields.set("X-Forwarded-Access-Token", token);
    return fields;
  }

  SignInCase case_{rules(word_)};
};

TEST_F(ProxiedRequests, AreLetInByEitherHeader) {
  auto const token = rsa_.sign(good_claims());
  auto const who = json_of(ask("GET", {}, forwarded(token)));
  EXPECT_EQ(who["account"], "oidc:anna-17");
  EXPECT_EQ(who["role"], "planner");
  EXPECT_TRUE(who["csrf"].is_string());
  EXPECT_EQ(json_of(case_.ask_with_token(token, "GET", "/api/session"))["role"], "planner");
  EXPECT_EQ(case_.ask_with_token("nonsense", "GET", "/api/session").status, 401);
  EXPECT_EQ(ask("GET", {}, forwarded("nonsense")).status, 401);
  case_.pass(6min);
  EXPECT_EQ(case_.ask_with_token(token, "GET", "/api/session").status, 401) << "expired";
}

TEST_F(ProxiedRequests, OfBrowsersMustComeFromOurPages) {
  auto fields = forwarded(rsa_.sign(good_claims()));
  auto const csrf = json_of(ask("GET", {}, fields))["csrf"].get<std::string>();
  EXPECT_EQ(ask("DELETE", {}, fields).status, 204) << "a program's";
  fields.set("Origin", "https://elsewhere.example");
  EXPECT_EQ(ask("DELETE", {}, fields).status, 403);
  fields.set("X-CSRF-Token", csrf);
  EXPECT_EQ(ask("DELETE", {}, fields).status, 204);
}

TEST_F(ProxiedRequests, ASessionComesBeforeTheProxy) {
  auto const carol = case_.signed_in("carol");
  EXPECT_EQ(json_of(ask("GET", carol, forwarded(rsa_.sign(good_claims()))))["account"], "carol");
  EXPECT_EQ(json_of(ask("GET", {.cookie = "guarantor=old"},
                        forwarded(rsa_.sign(good_claims()))))["account"],
            "oidc:anna-17");
}

TEST_F(ProxiedRequests, HaveNoTokensAndNoPasswordsHere) {
  auto const token = rsa_.sign(good_claims());
  EXPECT_EQ(case_.ask_with_token(token, "GET", "/api/tokens").status, 403);
  EXPECT_EQ(case_.ask_with_token(token, "POST", "/api/tokens", R"({"token":"x"})").status, 403);
  EXPECT_EQ(case_.ask_with_token(token, "POST", "/api/session/password", "{}").status, 403);
}

TEST(WithoutProxy, ItsWordCountsForNothing) {
  TokenSigner const signer{JwtSigning::kEs256};
  SignInCase plain;
  Request request{.path = "/api/session"};
  request.headers.set("X-Forwarded-Access-Token", signer.sign(good_claims()));
  EXPECT_TRUE(json_of(plain.dispatcher().answer(request))["account"].is_null());
}

}  // namespace
}  // namespace guarantor::serve
