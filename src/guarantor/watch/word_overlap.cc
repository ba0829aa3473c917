#include "guarantor/watch/word_overlap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>

namespace guarantor::watch {
namespace {

constexpr std::size_t kLeastLetters = 3;
constexpr std::size_t kKeptLetters = 5;
constexpr std::array<std::string_view, 23> kMonths{
    "january",   "february", "march",    "april",    "may", "june", "july", "august",
    "september", "october",  "november", "december", "jan", "feb",  "mar",  "apr",
    "jun",       "jul",      "aug",      "sep",      "oct", "nov",  "dec"};

bool is_letter(char byte) {
  auto const code = static_cast<unsigned char>(byte);
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code >= 0x80;
}

char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

/// How many bytes the first `letters` letters of UTF-8 take, at most all.
std::size_t bytes_of_letters(std::string_view run, std::size_t letters) {
  std::size_t at = 0;
  for (; at < run.size(); ++at) {
    bool const begins = (static_cast<unsigned char>(run[at]) & 0xC0U) != 0x80U;
    if (begins && letters-- == 0) {
      break;
    }
  }
  return at;
}

/// Runs of letters that are no month, in the order of the text.
std::vector<std::string> runs_of_letters(std::string_view text) {
  std::vector<std::string> runs;
  std::string run;
  auto const end_run = [&] {
    if (!run.empty() && std::ranges::find(kMonths, run) == kMonths.end()) {
      runs.push_back(run);
    }
    run.clear();
  };
  for (char const byte : text) {
    if (is_letter(byte)) {
      run += lower(byte);
    } else {
      end_run();
    }
  }
  end_run();
  return runs;
}

}  // namespace

std::vector<std::string> compared_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::string const& run : runs_of_letters(text)) {
    if (bytes_of_letters(run, kLeastLetters - 1) < run.size()) {
      words.push_back(run.substr(0, bytes_of_letters(run, kKeptLetters)));
    }
  }
  std::ranges::sort(words);
  auto const repeated = std::ranges::unique(words);
  words.erase(repeated.begin(), repeated.end());
  return words;
}

std::string plain_category(std::string_view text) {
  std::string category;
  for (std::string const& run : runs_of_letters(text)) {
    category += (category.empty() ? "" : " ") + run;
  }
  return category;
}

WordOverlap::WordOverlap(std::span<std::vector<std::string> const> texts) {
  struct Use {
    std::uint32_t number{};
    std::size_t texts{};
  };
  std::map<std::string_view, Use> uses;
  for (auto const& words : texts) {
    for (std::string const& word : words) {
      ++uses[word].texts;
    }
  }
  std::uint32_t number = 0;  // in order of the alphabet, so sums are the same in any order of texts
  for (auto& [word, use] : uses) {
    use.number = number++;
  }
  texts_.reserve(texts.size());
  for (auto const& words : texts) {
    auto& own = texts_.emplace_back();
    double sum = 0;
    for (std::string const& word : words) {
      Use const& use = uses.at(word);
      double const rarity =
          std::log(static_cast<double>(texts.size()) / static_cast<double>(use.texts));
      own.push_back({use.number, rarity * rarity});
      sum += own.back().weight;
    }
    lengths_.push_back(std::sqrt(sum));
  }
}

double WordOverlap::between(std::uint32_t a, std::uint32_t b) const {
  if (lengths_[a] == 0 || lengths_[b] == 0) {
    return 0;
  }
  double common = 0;
  auto mine = texts_[a].begin();
  auto theirs = texts_[b].begin();
  while (mine != texts_[a].end() && theirs != texts_[b].end()) {
    if (mine->number < theirs->number) {
      ++mine;
    } else if (theirs->number < mine->number) {
      ++theirs;
    } else {
      common += mine->weight;
      ++mine;
      ++theirs;
    }
  }
  return std::min(1.0, common / (lengths_[a] * lengths_[b]));
}

}  // namespace guarantor::watch
