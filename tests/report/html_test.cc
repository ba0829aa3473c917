#include "guarantor/report/html.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guarantor::report {
namespace {

TEST(Html, EscapeLeavesNoMarkup) {
  EXPECT_EQ(escape(R"(<b a="1" c='2'>&)"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
}

TEST(Html, TagWrapsItsInside) {
  EXPECT_EQ(tag("p", "x"), "<p>x</p>");
  EXPECT_EQ(tag("p", "x", R"(class="y")"), R"(<p class="y">x</p>)");
}

TEST(Html, CssStringCannotBeLeft) {
  EXPECT_EQ(css_string("a\"b"), "\"a\\000022 b\"");
  // The blank that ends a number is not one of the text: "a: b" keeps its own.
  EXPECT_EQ(css_string("a: b"), "\"a\\00003a  b\"");
  EXPECT_EQ(css_string("</style>").find('<'), std::string::npos);
}

TEST(Html, OnlyWebAddressesBecomeLinks) {
  EXPECT_EQ(source_text("The Gazette"), "The Gazette");
  EXPECT_EQ(source_text("javascript:alert(1)"), "javascript:alert(1)");
  EXPECT_EQ(source_text("https://a.example/?x=\"y"),
            R"(<a href="https://a.example/?x=&quot;y" rel="noreferrer">)"
            R"(https://a.example/?x=&quot;y</a>)");
}

RC_GTEST_PROP(Html, EscapedTextHoldsNoSignOfMarkup, (std::string const& text)) {
  RC_ASSERT(escape(text).find_first_of("<>\"'") == std::string::npos);
}

}  // namespace
}  // namespace guarantor::report
