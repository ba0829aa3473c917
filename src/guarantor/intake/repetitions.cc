#include "guarantor/intake/repetitions.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace guarantor::intake {
namespace {

/// The finaliser of MurmurHash3 (A. Appleby, 2011), for each eight bytes.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 33U)) * 0xff51afd7ed558ccdULL;
  value = (value ^ (value >> 33U)) * 0xc4ceb9fe1a85ec53ULL;
  return value ^ (value >> 33U);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = mixed(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
    hash = mixed(hash ^ word) + word;
  }
  return hash == 0 ? 1 : hash;  // 0 marks a free place
}

}  // namespace

std::uint64_t Repetitions::add(model::Date day, std::string_view text) {
  Day& found = find(day);
  std::uint64_t const hash = hash_of(text);
  if (2 * (found.size + 1) > found.hashes.size()) {
    grow(found);
  }
  if (insert(found, hash)) {
    return 1;
  }
  return ++found.again.try_emplace(hash, 1).first->second;
}

Repetitions::Day& Repetitions::find(model::Date date) {
  auto const found = std::ranges::find(days_, date, &Day::date);
  if (found == days_.begin() && found != days_.end()) {
    return *found;
  }
  Day day{.date = date};
  if (found != days_.end()) {
    day = std::move(*found);
    days_.erase(found);
  } else if (days_.size() == kDays) {
    days_.pop_back();
  }
  days_.push_front(std::move(day));
  return days_.front();
}

void Repetitions::grow(Day& day) {
  constexpr std::size_t kFirst = 64;
  std::vector<std::uint64_t> const old = std::exchange(
      day.hashes, std::vector<std::uint64_t>(std::max(kFirst, 2 * day.hashes.size()), 0));
  day.size = 0;
  for (std::uint64_t const hash : old) {
    if (hash != 0) {
      (void)insert(day, hash);
    }
  }
}

bool Repetitions::insert(Day& day, std::uint64_t hash) {
  std::size_t const mask = day.hashes.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    if (day.hashes[at] == hash) {
      return false;
    }
    if (day.hashes[at] == 0) {
      day.hashes[at] = hash;
      ++day.size;
      return true;
    }
  }
}

}  // namespace guarantor::intake
