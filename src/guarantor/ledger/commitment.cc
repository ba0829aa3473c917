#include "guarantor/ledger/commitment.h"

#include <string>

namespace guarantor::ledger {

Digest commitment(Salt const& salt, std::string_view canonical_json) {
  std::string salted;
  salted.reserve(salt.size() + canonical_json.size());
  salted.assign(salt.begin(), salt.end());
  salted += canonical_json;
  return sha256(salted);
}

}  // namespace guarantor::ledger
