#include "guarantor/serve/rates.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

namespace guarantor::serve {
namespace {

constexpr std::chrono::seconds kBetweenSweeps{1};
constexpr std::size_t kNetworkBytes = 8;

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

Rate const& RateRules::of(Asking asking) const {
  switch (asking) {
    case Asking::kRead:
      return read;
    case Asking::kChange:
      return change;
    case Asking::kPublic:
      return anyone;
    case Asking::kSignIn:
      return sign_in;
    case Asking::kRefusedToken:
      break;
  }
  return refused_token;
}

std::optional<std::chrono::seconds> Rates::take(Asking asking, std::string_view who) {
  return ask(asking, who, 1.0);
}

std::optional<std::chrono::seconds> Rates::wait(Asking asking, std::string_view who) {
  return ask(asking, who, 0.0);
}

std::optional<std::chrono::seconds> Rates::ask(Asking asking, std::string_view who, double cost) {
  auto const now = clock_();
  Rate const& rate = rules_.of(asking);
  std::scoped_lock const lock{mutex_};
  Bucket& there = bucket(asking, who, now);
  there.holds = std::min(rate.at_once,
                         there.holds + std::max(0.0, seconds(now - there.at)) * rate.per_second);
  there.at = now;
  if (there.holds >= 1.0) {
    there.holds -= cost;
    return std::nullopt;
  }
  return std::chrono::seconds{static_cast<long>(std::ceil((1.0 - there.holds) / rate.per_second))};
}

Rates::Bucket& Rates::bucket(Asking asking, std::string_view who, std::chrono::nanoseconds now) {
  std::pair<Asking, std::string> key{asking, std::string{who}};
  auto found = buckets_.find(key);
  if (found == buckets_.end() && buckets_.size() >= rules_.most_known) {
    sweep(now);
    if (buckets_.size() >= rules_.most_known) {
      key.second.clear();
      found = buckets_.find(key);
    }
  }
  if (found != buckets_.end()) {
    return found->second;
  }
  return buckets_.emplace(std::move(key), Bucket{rules_.of(asking).at_once, now}).first->second;
}

void Rates::sweep(std::chrono::nanoseconds now) {
  if (swept_ && now - *swept_ < kBetweenSweeps) {
    return;
  }
  swept_ = now;
  std::erase_if(buckets_, [&](auto const& one) {
    Rate const& rate = rules_.of(one.first.first);
    return one.second.holds + seconds(now - one.second.at) * rate.per_second >= rate.at_once;
  });
}

std::size_t Rates::known() const {
  std::scoped_lock const lock{mutex_};
  return buckets_.size();
}

std::string counted_address(std::string_view address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, std::string{address}.c_str(), bytes.data()) != 1) {
    return std::string{address};
  }
  constexpr std::array<std::uint8_t, 12> kOldAddress{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (std::ranges::equal(kOldAddress, std::span{bytes}.first<12>())) {
    inet_ntop(AF_INET, bytes.data() + kOldAddress.size(), text.data(), text.size());
    return text.data();
  }
  std::fill(bytes.begin() + kNetworkBytes, bytes.end(), std::uint8_t{0});
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string{text.data()} + "/64";
}

}  // namespace guarantor::serve
