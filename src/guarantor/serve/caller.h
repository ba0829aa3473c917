#pragma once

#include <string>

#include "guarantor/policy/viewer.h"

namespace guarantor::serve {

/// How somebody showed who they are.
enum class Credential { kNone, kSession, kToken, kProxy };

/// Who asks. Without a credential it is the public.
struct Caller {
  policy::Viewer viewer{};
  std::string account{};  ///< its name; empty for the public
  Credential credential{Credential::kNone};
  std::string session{};  ///< names the session within this process; never its secret
  std::string csrf{};     ///< what a page of the session sends with each change
  bool must_change{};     ///< the password was for one use: nothing else goes until it is changed
};

}  // namespace guarantor::serve
