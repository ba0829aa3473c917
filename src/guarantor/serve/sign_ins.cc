#include "guarantor/serve/sign_ins.h"

namespace guarantor::serve {

model::Result<Caller> SignIns::identify(Request const&) {
  return Caller{};
}

model::Result<SignIns::Opened> SignIns::sign_in(std::string_view, std::string_view,
                                                Request const&) {
  return model::Error{model::ErrorKind::kRefused, "nobody can sign in yet", ""};
}

std::string SignIns::sign_out(Caller const&, Request const&) {
  return {};
}

void SignIns::end(std::string_view, std::string_view) {}

}  // namespace guarantor::serve
