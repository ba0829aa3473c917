#include "guarantor/report/html.h"

#include <fmt/format.h>

#include <cctype>

#include "guarantor/report/display_text.h"

namespace guarantor::report {

std::string escape(std::string_view text) {
  std::string out;
  for (char const c : clean(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string tag(std::string_view name, std::string_view inner, std::string_view attributes) {
  return fmt::format("<{}{}{}>{}</{}>", name, attributes.empty() ? "" : " ", attributes, inner,
                     name);
}

std::string css_string(std::string_view text) {
  std::string out = "\"";
  for (char const c : clean(text)) {
    auto const byte = static_cast<unsigned char>(c);
    // Bytes of longer code points stand as they are; every ASCII sign that is no letter, figure or
    // space is written by number, so that neither the string nor the style element can be left. The
    // blank behind the number ends it; without it a blank of the text itself would be taken.
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == ' ') {
      out += c;
    } else {
      out += fmt::format("\\{:06x} ", byte);
    }
  }
  return out + "\"";
}

std::string source_text(std::string_view text) {
  auto const shown = escape(text);
  bool const address = text.starts_with("https://") || text.starts_with("http://");
  if (!address || text.find_first_of(" \t\r\n") != std::string_view::npos) {
    return shown;
  }
  return tag("a", shown, fmt::format(R"(href="{}" rel="noreferrer")", shown));
}

}  // namespace guarantor::report
