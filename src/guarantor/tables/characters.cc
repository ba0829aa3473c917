#include "guarantor/tables/characters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace guarantor::tables {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kPlaceBlock = 1024;
constexpr std::string_view kSaveAsUtf8 =
    "save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"; in LibreOffice: character set Unicode "
    "(UTF-8))";

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

/// The length of the well-formed character at `i`, or 0 (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text, std::size_t i) {
  struct Form {
    unsigned first_low, first_high, second_low, second_high;
    std::size_t length;
  };
  static constexpr std::array kForms{
      Form{0x00, 0x7F, 0x00, 0xFF, 1}, Form{0xC2, 0xDF, 0x80, 0xBF, 2},
      Form{0xE0, 0xE0, 0xA0, 0xBF, 3}, Form{0xE1, 0xEC, 0x80, 0xBF, 3},
      Form{0xED, 0xED, 0x80, 0x9F, 3}, Form{0xEE, 0xEF, 0x80, 0xBF, 3},
      Form{0xF0, 0xF0, 0x90, 0xBF, 4}, Form{0xF1, 0xF3, 0x80, 0xBF, 4},
      Form{0xF4, 0xF4, 0x80, 0x8F, 4}};
  unsigned const first = byte_at(text, i);
  for (Form const& form : kForms) {
    if (first < form.first_low || first > form.first_high) {
      continue;
    }
    if (form.length == 1) {
      return 1;
    }
    unsigned const second = byte_at(text, i + 1);
    bool good =
        i + form.length <= text.size() && second >= form.second_low && second <= form.second_high;
    for (std::size_t k = 2; k < form.length; ++k) {
      good = good && continues_character(static_cast<char>(byte_at(text, i + k)));
    }
    return good ? form.length : 0;
  }
  return 0;
}

/// Adds a character, or a byte that is none, to what is shown.
void show(std::string_view character, bool well_formed, std::string& shown) {
  constexpr unsigned kFirstPrintable = 0x20;
  constexpr unsigned kDelete = 0x7F;
  auto const first = static_cast<unsigned char>(character.front());
  if (character == "\n") {
    shown += "\\n";
  } else if (character == "\t") {
    shown += "\\t";
  } else if (!well_formed || first < kFirstPrintable || first == kDelete) {
    shown += fmt::format("\\x{:02x}", first);
  } else {
    shown += character;
  }
}

std::optional<std::string> wide_encoding(std::string_view text) {
  if (text.starts_with(std::string_view{"\xFF\xFE\0\0", 4}) ||
      text.starts_with(std::string_view{"\0\0\xFE\xFF", 4})) {
    return "UTF-32";
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return "UTF-16";
  }
  constexpr std::size_t kShown = 4;
  if (text.size() >= kShown) {
    bool const little = text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0;
    bool const big = text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0;
    if (little || big) {
      return "UTF-16";
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<EncodingProblem> find_encoding_problem(std::string_view text) {
  if (auto const wide = wide_encoding(text)) {
    return EncodingProblem{0, fmt::format("the file is {}, not UTF-8", *wide),
                           std::string{kSaveAsUtf8}};
  }
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == 0) {
      return EncodingProblem{i, "a NUL byte stands in the text",
                             "the file is damaged or is no text file; save it again as UTF-8"};
    }
    std::size_t const length = character_length(text, i);
    if (length == 0) {
      return EncodingProblem{i, fmt::format("the byte 0x{:02X} is no UTF-8 text", byte_at(text, i)),
                             std::string{kSaveAsUtf8}};
    }
    i += length;
  }
  return std::nullopt;
}

std::string_view without_byte_order_mark(std::string_view text) {
  while (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  return text;
}

LineColumn line_column(std::string_view text, std::size_t offset) {
  LineColumn place;
  for (char const byte : text.substr(0, offset)) {
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
    } else if (!continues_character(byte)) {
      ++place.column;
    }
  }
  return place;
}

PlaceIndex::PlaceIndex(std::string_view text) : text_{text} {
  for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1)) {
    line_starts_.push_back(i + 1);
  }
  std::size_t characters = 0;
  for (std::size_t from = 0; from <= text.size(); from += kPlaceBlock) {
    block_characters_.push_back(characters);
    characters += count_characters(text.substr(from, kPlaceBlock));
  }
}

std::size_t PlaceIndex::characters_before(std::size_t offset) const {
  std::size_t const block = offset / kPlaceBlock;
  std::size_t const from = block * kPlaceBlock;
  return block_characters_[block] + count_characters(text_.substr(from, offset - from));
}

LineColumn PlaceIndex::at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  auto const line = static_cast<std::size_t>(after - line_starts_.begin());
  return {line, 1 + characters_before(offset) - characters_before(*(after - 1))};
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !continues_character(byte); }));
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string shown;
  std::size_t end = 0;
  for (std::size_t characters = 0; end < text.size() && characters < kMost; ++characters) {
    std::size_t const length = character_length(text, end);
    show(text.substr(end, std::max<std::size_t>(1, length)), length > 0, shown);
    end += std::max<std::size_t>(1, length);
  }
  return end < text.size() ? shown + "…" : shown;
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::size_t> find_control_character(std::string_view text) {
  constexpr unsigned kFirstPrintable = 0x20;
  constexpr unsigned kDelete = 0x7F;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const value = static_cast<unsigned char>(text[i]);
    if ((value < kFirstPrintable && text[i] != '\n' && text[i] != '\t') || value == kDelete) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace guarantor::tables
