#include "guarantor/serve/sign_ins.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/serve/new_password.h"
#include "guarantor/serve/proxy_word.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::chrono::minutes kBetweenRecords{1};
constexpr std::size_t kMostNoted = 10'000;
constexpr std::size_t kMostTokenBytes = 4096;

/// A browser keeps the first only where it came over TLS from this very host.
std::string cookie_name(Request const& request) {
  return request.secure ? "__Host-guarantor" : "guarantor";
}

std::string cookie(Request const& request, std::string_view secret, std::string_view more) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie_name(request), secret,
                     request.secure ? "; Secure" : "", more);
}

std::string draw_secret() {
  return ledger::hex(ledger::Digest{ledger::draw_random_bytes()});
}

/// What follows `Bearer` in the header `Authorization`; nothing for another scheme.
std::optional<std::string_view> bearer(Request const& request) {
  constexpr std::string_view kScheme = "bearer ";
  auto const value = request.headers.find("Authorization");
  if (!value || value->size() < kScheme.size()) {
    return std::nullopt;
  }
  auto const same = [](char letter, char wanted) { return (letter | ' ') == wanted; };
  if (!std::ranges::equal(value->substr(0, kScheme.size()), kScheme, same)) {
    return std::nullopt;
  }
  return value->substr(kScheme.size());
}

Error refused() {
  return {ErrorKind::kRefused, "name and password do not fit, or the account is locked",
          "after 5 refused passwords an account is locked for 15 minutes"};
}

Result<policy::Viewer> viewer_of(store::Account const& account) {
  return policy::parse_viewer(account.role);
}

}  // namespace

class SignIns::Turn {
 public:
  explicit Turn(SignIns& owner) : owner_{owner} {
    std::unique_lock lock{owner_.turns_};
    if (owner_.waiting_ >= owner_.rules_.most_waiting) {
      return;
    }
    owner_.waiting_ += 1;
    owner_.turned_.wait(lock, [this] { return owner_.trying_ < owner_.rules_.most_at_once; });
    owner_.waiting_ -= 1;
    owner_.trying_ += 1;
    taken_ = true;
  }
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;
  ~Turn() {
    if (taken_) {
      {
        std::scoped_lock const lock{owner_.turns_};
        owner_.trying_ -= 1;
      }
      owner_.turned_.notify_one();
    }
  }

  [[nodiscard]] bool taken() const { return taken_; }
  [[nodiscard]] static Error too_many() {
    return {ErrorKind::kLimit, "too many sign in at this moment", "try again in a few seconds"};
  }

 private:
  SignIns& owner_;
  bool taken_{};
};

Result<Caller> SignIns::identify(Request const& request) {
  if (auto const token = bearer(request)) {
    bool const ours = token->starts_with("gt1.") || rules_.proxy == nullptr;
    return ours ? by_token(*token, request) : by_proxy(*token);
  }
  if (auto const secret = request.cookie(cookie_name(request))) {
    auto caller = by_session(*secret);
    if (!caller.ok() || caller.value().credential != Credential::kNone) {
      return caller;
    }
  }
  auto const forwarded = request.headers.find("X-Forwarded-Access-Token");
  return forwarded && rules_.proxy != nullptr ? by_proxy(*forwarded) : Result<Caller>{Caller{}};
}

Result<Caller> SignIns::by_proxy(std::string_view token) {
  auto caller = rules_.proxy->read(token, now_());
  if (caller.ok()) {
    // A proxy adds the token to whatever a browser sends, so pages must show that they are ours.
    caller.value().csrf =
        ledger::hex(ledger::sha256(std::string{own_secret_.view()} + caller.value().account));
  }
  return caller;
}

Result<Caller> SignIns::by_token(std::string_view token, Request const& request) {
  Error const no{ErrorKind::kRefused, "this token does not count, or no longer", ""};
  if (token.size() > kMostTokenBytes) {
    return no;
  }
  auto const now = now_();
  auto const check =
      gate_.read([&](auto const& store) { return store::check_token(store, token, now); });
  if (!check.ok()) {
    return check.error();
  }
  if (!check.value().account) {
    if (worth_a_record(check.value().name, now)) {
      auto const kept = gate_.write([&](auto& store) {
        return store::Accounts{store, rules_.accounts}.sign_in_with_token(
            token, {.name = request.remote, .at = now});
      });
      if (!kept.ok()) {
        return kept.error();
      }
    }
    return no;
  }
  store::Account const& account = *check.value().account;
  auto viewer = viewer_of(account);
  if (!viewer.ok()) {
    return no;
  }
  return Caller{.viewer = std::move(viewer).value(),
                .account = account.name,
                .credential = Credential::kToken};
}

Result<Caller> SignIns::by_session(std::string_view secret) {
  auto const key = ledger::sha256(secret);
  auto const session = use(key);
  if (!session) {
    return Caller{};
  }
  auto const account =
      gate_.read([&](auto const& store) { return store::account_in(store, session->account); });
  if (!account.ok()) {
    return account.error();
  }
  auto const& found = account.value();
  auto viewer = found ? viewer_of(*found) : Result<policy::Viewer>{refused()};
  if (!found || found->removed || found->locked || found->verifier != session->verifier ||
      !viewer.ok()) {
    std::scoped_lock const lock{mutex_};
    sessions_.erase(key);
    return Caller{};
  }
  return Caller{.viewer = std::move(viewer).value(),
                .account = found->name,
                .credential = Credential::kSession,
                .session = session->id,
                .csrf = session->csrf,
                .must_change = found->one_time};
}

std::optional<SignIns::Session> SignIns::use(ledger::Digest const& secret) {
  auto const now = now_();
  std::scoped_lock const lock{mutex_};
  auto const found = sessions_.find(secret);
  if (found == sessions_.end()) {
    return std::nullopt;
  }
  Session& session = found->second;
  if (now - session.used >= rules_.idle || now - session.begun >= rules_.longest) {
    sessions_.erase(found);
    return std::nullopt;
  }
  session.used = std::max(session.used, now);
  return session;
}

Result<SignIns::Opened> SignIns::sign_in(std::string_view name, std::string_view password,
                                         Request const& request) {
  auto const trial = gate_.read([&](auto const& store) { return store::begin_trial(store, name); });
  if (!trial.ok()) {
    return trial.error();
  }
  bool fitted = false;
  {
    Turn const turn{*this};
    if (!turn.taken()) {
      return Turn::too_many();
    }
    fitted = store::fits(trial.value(), password, rules_.accounts.cost);
  }
  auto const signed_in = gate_.write([&](auto& store) {
    return store::Accounts{store, rules_.accounts}.conclude(trial.value(), fitted,
                                                            {.name = request.remote, .at = now_()});
  });
  if (!signed_in.ok()) {
    return signed_in.error();
  }
  if (!signed_in.value().account) {
    return refused();
  }
  auto viewer = viewer_of(*signed_in.value().account);
  if (!viewer.ok()) {
    return viewer.error();
  }
  forget(request);
  return open(*signed_in.value().account, std::move(viewer).value(), request);
}

Result<SignIns::Opened> SignIns::change_password(Caller const& caller, std::string_view old,
                                                 std::string_view chosen, Request const& request) {
  auto const trial =
      gate_.read([&](auto const& store) { return store::begin_trial(store, caller.account); });
  if (!trial.ok()) {
    return trial.error();
  }
  bool fitted = false;
  {
    Turn const turn{*this};
    if (!turn.taken()) {
      return Turn::too_many();
    }
    fitted = store::fits(trial.value(), old, rules_.accounts.cost);
  }
  store::Author const author{.name = caller.account, .at = now_()};
  auto const signed_in = gate_.write([&](auto& store) {
    return store::Accounts{store, rules_.accounts}.conclude(trial.value(), fitted, author);
  });
  if (!signed_in.ok()) {
    return signed_in.error();
  }
  if (!signed_in.value().account) {
    return refused();
  }
  if (store::same_secret(old, chosen)) {
    return Error{ErrorKind::kBadInput, "this password will not do: it is the old one", ""};
  }
  auto const prepared = prepare(caller.account, salted(std::string{chosen}));
  if (!prepared.ok()) {
    return prepared.error();
  }
  auto const kept = gate_.write([&](auto& store) -> Result<store::Account> {
    store::Accounts accounts{store, rules_.accounts};
    auto const changed = accounts.change_prepared_password(trial.value(), prepared.value(), author);
    return changed.ok() ? accounts.find(caller.account) : changed.error();
  });
  if (!kept.ok()) {
    return kept.error();
  }
  end(caller.account);
  return open(kept.value(), caller.viewer, request);
}

Result<store::Accounts::PreparedPassword> SignIns::prepare(
    std::string_view account, store::Accounts::NewPassword const& password) {
  Turn const turn{*this};
  if (!turn.taken()) {
    return Turn::too_many();
  }
  return store::Accounts::prepare(account, password, rules_.accounts.cost);
}

SignIns::Opened SignIns::open(store::Account const& account, policy::Viewer viewer,
                              Request const& request) {
  auto const secret = draw_secret();
  Session session{.id = draw_secret().substr(0, 16),
                  .account = account.name,
                  .csrf = draw_secret(),
                  .verifier = account.verifier,
                  .begun = now_()};
  session.used = session.begun;
  Opened opened{.caller = {.viewer = std::move(viewer),
                           .account = account.name,
                           .credential = Credential::kSession,
                           .session = session.id,
                           .csrf = session.csrf,
                           .must_change = account.one_time},
                .cookie = cookie(request, secret, "")};
  std::scoped_lock const lock{mutex_};
  make_room();
  sessions_.emplace(ledger::sha256(secret), std::move(session));
  return opened;
}

void SignIns::make_room() {
  if (sessions_.size() < rules_.most_sessions) {
    return;
  }
  auto const now = now_();
  std::erase_if(sessions_, [&](auto const& one) {
    return now - one.second.used >= rules_.idle || now - one.second.begun >= rules_.longest;
  });
  while (!sessions_.empty() && sessions_.size() >= rules_.most_sessions) {
    sessions_.erase(
        std::ranges::min_element(sessions_, {}, [](auto const& one) { return one.second.used; }));
  }
}

void SignIns::forget(Request const& request) {
  if (auto const secret = request.cookie(cookie_name(request))) {
    std::scoped_lock const lock{mutex_};
    sessions_.erase(ledger::sha256(*secret));
  }
}

std::string SignIns::sign_out(Caller const& caller, Request const& request) {
  {
    std::scoped_lock const lock{mutex_};
    std::erase_if(sessions_, [&](auto const& one) {
      return !caller.session.empty() && one.second.id == caller.session;
    });
  }
  return cookie(request, "", "; Max-Age=0");
}

void SignIns::end(std::string_view account, std::string_view but) {
  std::scoped_lock const lock{mutex_};
  std::erase_if(sessions_, [&](auto const& one) {
    return one.second.account == account && (but.empty() || one.second.id != but);
  });
}

std::size_t SignIns::sessions() const {
  std::scoped_lock const lock{mutex_};
  return sessions_.size();
}

bool SignIns::worth_a_record(std::string const& account, model::Instant now) {
  std::scoped_lock const lock{mutex_};
  if (noted_.size() >= kMostNoted) {
    std::erase_if(noted_, [&](auto const& one) { return now - one.second >= kBetweenRecords; });
  }
  auto const [place, is_new] = noted_.try_emplace(account, now);
  if (!is_new && now - place->second < kBetweenRecords) {
    return false;
  }
  place->second = now;
  return true;
}

}  // namespace guarantor::serve
