#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

std::string content_hash(model::Scenario const& scenario) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context{EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free};
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  for (auto const& [name, content] : write_files(scenario)) {
    // Name and length before the text, so that no text can be taken for another file.
    std::string const head = fmt::format("{}\n{}\n", name, content.size());
    EVP_DigestUpdate(context.get(), head.data(), head.size());
    EVP_DigestUpdate(context.get(), content.data(), content.size());
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += fmt::format("{:02x}", digest.at(i));
  }
  return text;
}

}  // namespace guarantor::tables
