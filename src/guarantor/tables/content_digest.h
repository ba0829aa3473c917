#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace guarantor::tables {

/// SHA-256 over named texts, one after the other.
class ContentDigest {
 public:
  ContentDigest();

  void add(std::string_view name, std::string_view content);
  /// In hexadecimal. REQUIRES: nothing is added after it.
  [[nodiscard]] std::string text();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace guarantor::tables
