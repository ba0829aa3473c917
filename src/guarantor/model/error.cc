#include "guarantor/model/error.h"

#include <array>
#include <cstddef>

namespace guarantor::model {
namespace {

struct KindRow {
  ErrorKind kind;
  std::string_view name;
  int exit_code;
};

constexpr std::array kKinds{
    KindRow{ErrorKind::kBadInput, "bad input", 2},
    KindRow{ErrorKind::kNotFound, "not found", 2},
    KindRow{ErrorKind::kUnwritable, "unwritable", 2},
    KindRow{ErrorKind::kRefused, "refused", 2},
    KindRow{ErrorKind::kLimit, "limit", 3},
    KindRow{ErrorKind::kCheckFailed, "check failed", 4},
    KindRow{ErrorKind::kDefect, "defect", 1},
};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (static_cast<std::size_t>(kKinds[i].kind) != i) {
      return false;
    }
  }
  return true;
}
static_assert(table_is_in_order());

KindRow const& row(ErrorKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

}  // namespace

int exit_code(ErrorKind kind) {
  return row(kind).exit_code;
}

std::string_view text(ErrorKind kind) {
  return row(kind).name;
}

}  // namespace guarantor::model
