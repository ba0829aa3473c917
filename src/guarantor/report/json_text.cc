#include "guarantor/report/json_text.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>

namespace guarantor::report {

using Json = nlohmann::ordered_json;

std::string printed(Json const& document) {
  auto const dump = [](Json const& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::string out = "{\n";
  bool first_member = true;
  for (auto const& [key, value] : document.items()) {
    out += fmt::format("{}  {}: ", first_member ? "" : ",\n", dump(key));
    first_member = false;
    bool const table = value.is_array() && !value.empty() && value.front().is_object();
    if (!table) {
      out += dump(value);
      continue;
    }
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      out += fmt::format("{}\n    {}", i == 0 ? "" : ",", dump(value[i]));
    }
    out += "\n  ]";
  }
  return out + "\n}\n";
}

std::string sha256(std::string const& text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out;
  for (auto const byte : digest) {
    out += fmt::format("{:02x}", byte);
  }
  return out;
}

}  // namespace guarantor::report
