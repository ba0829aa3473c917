#include "guarantor/serve/web_endpoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "guarantor/serve/web_assets.h"
#include "serve_case.h"

namespace guarantor::serve {
namespace {

class WebEndpoints : public ::testing::Test {
 protected:
  ServeCase serve_{scenario_at("scenarios/tutorial")};

  Response page(std::string_view target, ServeCase::Headers const& headers = {}) {
    return serve_.ask("public", "GET", target, {}, headers);
  }
};

std::string header(Response const& response, std::string_view name) {
  return std::string{response.headers.find(name).value_or("")};
}

TEST_F(WebEndpoints, EveryPageIsTheOneDocument) {
  auto const front = page("/", {{"Accept", "text/html"}});
  ASSERT_EQ(front.status, 200);
  EXPECT_NE(front.text().find("<title>Guarantor</title>"), std::string_view::npos);
  EXPECT_EQ(header(front, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(front, "Cache-Control"), "no-cache");
  EXPECT_EQ(page("/pot?nation=XAL", {{"Accept", "text/html"}}).text(), front.text());
}

TEST_F(WebEndpoints, NothingMayComeFromElsewhereOrStandInline) {
  auto const policy = header(page("/"), "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'; script-src 'self'; style-src 'self';"),
            std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
}

TEST_F(WebEndpoints, OnlyPagesAreAnsweredWithThePage) {
  EXPECT_EQ(page("/pot", {{"Accept", "application/json"}}).status, 404);
  EXPECT_EQ(page("/assets/none.js").status, 404);
  EXPECT_EQ(page("/assets/..%2Findex.html").status, 404);
  EXPECT_EQ(page("/api/none", {{"Accept", "text/html"}}).status, 404);
  EXPECT_EQ(page("/pot/more", {{"Accept", "text/html"}}).status, 404);
  EXPECT_EQ(page("/healthz", {{"Accept", "text/html"}}).text(), "ok\n");
}

TEST_F(WebEndpoints, AssetsAreSentPackedToThoseWhoUnpackThem) {
  auto const assets = web_assets();
  auto const packed = std::ranges::find_if(
      assets, [](auto const& asset) { return asset.gzipped && asset.path.ends_with(".js"); });
  if (packed == assets.end()) {
    // Built without the pages: then there is the one document that says so.
    ASSERT_EQ(assets.size(), 1U);
    EXPECT_NE(page("/").text().find("without its web pages"), std::string_view::npos);
    return;
  }
  auto const small = page(packed->path, {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(header(small, "Content-Encoding"), "gzip");
  EXPECT_EQ(small.text(), packed->bytes);
  EXPECT_EQ(header(small, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(small, "Content-Type"), "text/javascript; charset=utf-8");
  auto const plain = page(packed->path);
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_GT(plain.text().size(), small.text().size());
  EXPECT_EQ(plain.text().substr(0, 2).find("\x1f\x8b"), std::string_view::npos);
  EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
  // A worker has the policy of its own script.
  EXPECT_NE(header(small, "Content-Security-Policy").find("connect-src 'self'"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::serve
