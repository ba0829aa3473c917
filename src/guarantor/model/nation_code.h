#pragma once

#include <string_view>

namespace guarantor::model {

/// What a nation's code says about it.
enum class NationCode {
  kOfficial,   ///< assigned in ISO 3166-1
  kFictional,  ///< QMA-QZZ, XAA-XZZ: the range left to users
  kUnknown,    ///< three capitals that name nobody
  kMalformed,
};

[[nodiscard]] NationCode classify_nation(std::string_view code);

}  // namespace guarantor::model
