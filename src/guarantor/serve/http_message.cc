#include "guarantor/serve/http_message.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace guarantor::serve {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  char const letter = lower(digit);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool stands_for_itself(char letter) {
  char const small = lower(letter);
  return (small >= 'a' && small <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
         letter == '.' || letter == '_' || letter == '~';
}

std::string_view trim(std::string_view text) {
  std::size_t const begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace

void Fields::set(std::string name, std::string value) {
  std::erase_if(fields_, [&](auto const& field) { return same_name(field.first, name); });
  add(std::move(name), std::move(value));
}

void Fields::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  auto const found =
      std::ranges::find_if(fields_, [&](auto const& f) { return same_name(f.first, name); });
  return found == fields_.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    std::size_t const end = rest.find('&');
    std::string_view const pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    std::size_t const equals = pair.find('=');
    if (decode_percent(pair.substr(0, equals), true) == name) {
      return equals == std::string_view::npos ? std::string{}
                                              : decode_percent(pair.substr(equals + 1), true);
    }
  }
  return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (auto const& [header, value] : headers.all()) {
    std::string_view rest = same_name(header, "cookie") ? std::string_view{value} : "";
    while (!rest.empty()) {
      std::size_t const end = rest.find(';');
      std::string_view const pair = trim(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      std::size_t const equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        return std::string{pair.substr(equals + 1)};
      }
    }
  }
  return std::nullopt;
}

Response respond(int status, std::string_view type, std::string text) {
  Response response{.status = status};
  response.headers.set("Content-Type", std::string{type});
  response.body = std::make_shared<std::string const>(std::move(text));
  return response;
}

Response respond_json(std::string text, int status) {
  return respond(status, kJson, std::move(text));
}

Response no_content() {
  return {.status = 204};
}

std::optional<std::string> decode_percent(std::string_view text, bool in_query) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && in_query) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      int const high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      int const low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

std::string encode_percent(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (char const letter : text) {
    if (stands_for_itself(letter)) {
      encoded += letter;
    } else {
      auto const byte = static_cast<unsigned char>(letter);
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 15U];
    }
  }
  return encoded;
}

}  // namespace guarantor::serve
