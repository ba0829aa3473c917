#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/vocabulary.h"

/// How often somebody may ask.
namespace guarantor::serve {

/// What is asked for, as far as it is counted apart.
enum class Asking {
  kRead,         ///< by an account
  kChange,       ///< by an account
  kPublic,       ///< anything, by an address that did not sign in
  kSignIn,       ///< by an address: it costs us a quarter of a gigabyte for half a second
  kRefusedToken  ///< by an address: tokens that did not count
};

}  // namespace guarantor::serve

template <>
inline constexpr guarantor::model::Words<5> guarantor::model::kWords<guarantor::serve::Asking>{
    "read", "change", "public", "sign-in", "refused-token"};

namespace guarantor::serve {

/// So many at once, and so many a second from then on.
struct Rate {
  double at_once{};
  double per_second{};
};

struct RateRules {
  Rate read{3000, 300};
  Rate change{1000, 100};
  Rate anyone{600, 60};
  Rate sign_in{60, 0.5};  ///< a delegation behind one address signs in together
  Rate refused_token{60, 0.5};
  std::size_t most_known{50'000};  ///< callers counted each by itself; those beyond share

  [[nodiscard]] Rate const& of(Asking asking) const;
};

/// A bucket for each caller and kind of asking that fills steadily and holds only so much (a token
/// bucket). Memory is bounded. For any thread.
class Rates {
 public:
  using Clock = std::function<std::chrono::nanoseconds()>;

  /// `clock` rises steadily, from any beginning.
  Rates(RateRules rules, Clock clock) : rules_{rules}, clock_{std::move(clock)} {}

  /// Takes one from the bucket of `who`. Nothing where there was one; else how long until there is.
  [[nodiscard]] std::optional<std::chrono::seconds> take(Asking asking, std::string_view who);
  /// The same without taking.
  [[nodiscard]] std::optional<std::chrono::seconds> wait(Asking asking, std::string_view who);
  [[nodiscard]] std::size_t known() const;

 private:
  struct Bucket {
    double holds{};
    std::chrono::nanoseconds at{};
  };

  [[nodiscard]] std::optional<std::chrono::seconds> ask(Asking asking, std::string_view who,
                                                        double cost);
  [[nodiscard]] Bucket& bucket(Asking asking, std::string_view who, std::chrono::nanoseconds now);
  /// Forgets those whose bucket is full again: they are as if they had never asked.
  void sweep(std::chrono::nanoseconds now);

  RateRules rules_;
  Clock clock_;
  mutable std::mutex mutex_;
  std::map<std::pair<Asking, std::string>, Bucket> buckets_;
  std::optional<std::chrono::nanoseconds> swept_{};
};

/// Who an address is counted as: itself, or the network of 64 bits that it is from, where whoever
/// has one address has them all.
[[nodiscard]] std::string counted_address(std::string_view address);

}  // namespace guarantor::serve
