#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guarantor::watch {

/// The words of a text as they are compared: letters alone, ASCII in lower case, at least three of
/// them and the first five kept, so that endings do not part what belongs together; names of months
/// are no words, since a date in a title says nothing about what happened. Sorted, each once.
/// Whatever UTF-8 has beyond ASCII is taken for a letter, and its capitals stay.
[[nodiscard]] std::vector<std::string> compared_words(std::string_view text);

/// The text's words without numbers and months, in lower case, one blank between them: "Damage
/// March 2022" and "Damage April 2022" are one category.
[[nodiscard]] std::string plain_category(std::string_view text);

/// How much two texts of a collection have in common. Immutable.
class WordOverlap {
 public:
  /// Rare words weigh more: the logarithm of texts over texts with the word (K. Sparck Jones,
  /// 1972).
  explicit WordOverlap(std::span<std::vector<std::string> const> texts);

  /// The cosine of the angle between two texts' weighted words (G. Salton), in [0, 1]; 0 where
  /// either has none. Symmetric to the last bit. O(words).
  [[nodiscard]] double between(std::uint32_t a, std::uint32_t b) const;

 private:
  struct Word {
    std::uint32_t number{};
    double weight{};  ///< squared
  };
  std::vector<std::vector<Word>> texts_;
  std::vector<double> lengths_;
};

}  // namespace guarantor::watch
