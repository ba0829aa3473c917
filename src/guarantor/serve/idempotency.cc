#include "guarantor/serve/idempotency.h"

#include <algorithm>

#include "guarantor/serve/problem.h"

namespace guarantor::serve {
namespace {

constexpr std::string_view kHeader = "Idempotency-Key";
constexpr std::size_t kLongestKey = 255;

bool well_formed(std::string_view key) {
  return !key.empty() && key.size() <= kLongestKey &&
         std::ranges::all_of(key, [](char letter) { return letter > ' ' && letter < 0x7f; });
}

ledger::Digest fingerprint(Request const& request) {
  std::string text;
  for (std::string_view const part :
       {std::string_view{request.method}, std::string_view{request.path},
        std::string_view{request.query}, request.headers.find("Content-Type").value_or("")}) {
    text += std::to_string(part.size()) + ":" + std::string{part};
  }
  text += std::string{ledger::sha256(request.body).view()};
  return ledger::sha256(text);
}

/// What may come out differently when it is tried again.
bool may_be_tried_again(Response const& response) {
  return response.status >= 500 || response.status == 429 || response.stream != nullptr;
}

bool holds_a_secret(Response const& response) {
  return response.headers.find("Cache-Control") == "no-store" ||
         response.headers.find("Set-Cookie").has_value();
}

}  // namespace

bool Idempotency::applies(Caller const& caller, Request const& request) {
  return request.method == "POST" && caller.credential != Credential::kNone &&
         request.headers.find(kHeader).has_value();
}

Response Idempotency::answer(Caller const& caller, Request const& request,
                             std::function<Response()> const& answer) {
  auto const key = request.headers.find(kHeader).value_or("");
  if (!well_formed(key)) {
    return problem(400, "bad-input", "bad input", "Idempotency-Key is no key",
                   "1 to 255 letters, digits and signs, without blanks");
  }
  // What a role was answered is not answered to another.
  Name const name{caller.account + " " + policy::print(caller.viewer), std::string{key}};
  if (auto again = begin(name, fingerprint(request))) {
    return *std::move(again);
  }
  // Taken back also where the answer throws.
  struct Ending {
    Idempotency& owner;
    Name const& name;
    Response response{.status = 500};
    ~Ending() { owner.end(name, response); }
  } ending{*this, name};
  ending.response = answer();
  return ending.response;
}

std::optional<Response> Idempotency::begin(Name const& name, ledger::Digest const& request) {
  auto const now = now_();
  std::scoped_lock const lock{mutex_};
  forget_old(now);
  auto const found = entries_.find(name);
  if (found == entries_.end()) {
    if (!room_for(name.first)) {
      // More are being answered right now than are remembered.
      return problem(429, "too-many", "too many requests", "too many keys are in use", "try later");
    }
    entries_.emplace(name, Entry{.request = request, .at = now});
    of_caller_[name.first] += 1;
    return std::nullopt;
  }
  Entry const& entry = found->second;
  if (entry.request != request) {
    return problem(422, "idempotency", "another request",
                   "this Idempotency-Key came with another request before",
                   "a new key for each new request");
  }
  if (!entry.answered) {
    auto response = problem(409, "idempotency", "in the works",
                            "the request with this Idempotency-Key is being answered", "wait");
    response.headers.set("Retry-After", "1");
    return response;
  }
  if (!entry.response) {
    return problem(409, "idempotency", "done already",
                   "this was done; its answer held a secret and was not kept",
                   "what it made can be listed, and made anew");
  }
  Response response = *entry.response;
  response.headers.set("Idempotent-Replayed", "true");
  return response;
}

void Idempotency::end(Name const& name, Response const& response) {
  auto const now = now_();
  std::scoped_lock const lock{mutex_};
  auto const found = entries_.find(name);
  if (found == entries_.end()) {
    return;
  }
  if (may_be_tried_again(response)) {
    forget(found);
    return;
  }
  found->second.answered = true;
  if (!holds_a_secret(response)) {
    found->second.response = response;
    bytes_ += response.text().size();
  }
  order_.emplace_back(now, name);
  forget_old(now);
}

bool Idempotency::room_for(std::string const& caller) {
  auto const count = of_caller_.find(caller);
  bool const of_caller = count != of_caller_.end() && count->second >= rules_.most_of_one;
  if (!of_caller && entries_.size() < rules_.most) {
    return true;
  }
  auto const oldest = std::ranges::find_if(
      order_, [&](auto const& one) { return !of_caller || one.second.first == caller; });
  if (oldest == order_.end()) {
    return false;
  }
  forget(entries_.find(oldest->second));
  order_.erase(oldest);
  return true;
}

void Idempotency::forget_old(model::Instant now) {
  while (!order_.empty() &&
         (now - order_.front().first >= rules_.kept || bytes_ > rules_.most_bytes)) {
    forget(entries_.find(order_.front().second));
    order_.pop_front();
  }
}

void Idempotency::forget(std::map<Name, Entry>::iterator place) {
  if (place->second.response) {
    bytes_ -= place->second.response->text().size();
  }
  auto const count = of_caller_.find(place->first.first);
  if (count != of_caller_.end() && --count->second == 0) {
    of_caller_.erase(count);
  }
  entries_.erase(place);
}

std::size_t Idempotency::remembered() const {
  std::scoped_lock const lock{mutex_};
  return entries_.size();
}

}  // namespace guarantor::serve
