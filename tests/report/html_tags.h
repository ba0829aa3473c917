#pragma once

#include <cctype>
#include <string>
#include <vector>

namespace guarantor::report {

/// What is wrong with the tags of a page, or nothing: every tag is closed in the order opened, and
/// no bare sign of markup stands in the text.
inline std::string tag_fault(std::string const& html) {
  std::vector<std::string> open;
  std::size_t at = html.find("<html");
  while (at < html.size()) {
    auto const begin = html.find('<', at);
    if (begin == std::string::npos) {
      break;
    }
    auto const end = html.find('>', begin);
    if (end == std::string::npos) {
      return "an open bracket at the end";
    }
    auto const inside = html.substr(begin + 1, end - begin - 1);
    at = end + 1;
    if (inside.ends_with('/')) {
      continue;
    }
    bool const closes = inside.starts_with('/');
    auto const name = inside.substr(closes ? 1 : 0, inside.find(' ') - (closes ? 1 : 0));
    if (name.empty() || std::isalpha(static_cast<unsigned char>(name[0])) == 0) {
      return "no tag: " + inside;
    }
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "closed out of order: " + name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "never closed: " + open.back();
}

}  // namespace guarantor::report
