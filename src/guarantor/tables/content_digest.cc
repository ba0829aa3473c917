#include "guarantor/tables/content_digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

void ContentDigest::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

ContentDigest::ContentDigest() : context_{EVP_MD_CTX_new()} {
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
}

void ContentDigest::add(std::string_view name, std::string_view content) {
  // Name and length before the text, so that no text can be taken for another file.
  std::string const head = fmt::format("{}\n{}\n", name, content.size());
  EVP_DigestUpdate(context_.get(), head.data(), head.size());
  EVP_DigestUpdate(context_.get(), content.data(), content.size());
}

std::string ContentDigest::text() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += fmt::format("{:02x}", digest.at(i));
  }
  return text;
}

std::string content_hash(model::Scenario const& scenario) {
  ContentDigest digest;
  for (auto const& [name, content] : write_files(scenario)) {
    digest.add(name, content);
  }
  return digest.text();
}

}  // namespace guarantor::tables
