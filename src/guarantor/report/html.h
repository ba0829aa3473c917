#pragma once

#include <string>
#include <string_view>

/// The few things that make up a page; nesting by composition, so that tags are always balanced.
namespace guarantor::report {

/// Any text as HTML text or attribute value: cleaned, and nothing in it is markup.
[[nodiscard]] std::string escape(std::string_view text);

/// `<name attributes>inner</name>`. REQUIRES: `inner` and `attributes` are HTML already.
[[nodiscard]] std::string tag(std::string_view name, std::string_view inner,
                              std::string_view attributes = "");

/// Any text as a CSS string literal that can stand in a style element.
[[nodiscard]] std::string css_string(std::string_view text);

/// A link for people where the text is a web address, otherwise the text itself.
[[nodiscard]] std::string source_text(std::string_view text);

}  // namespace guarantor::report
