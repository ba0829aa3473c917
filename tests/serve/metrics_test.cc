#include "guarantor/serve/metrics.h"

#include <gtest/gtest.h>

#include <string>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

bool has(std::string const& text, std::string const& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountsRequestsByOperationAndStatus) {
  Metrics metrics;
  metrics.count_request("getRow", 200, 0.0004, 10);
  metrics.count_request("getRow", 200, 0.03, 10);
  metrics.count_request("getRow", 404, 100.0, 1);
  metrics.count_request("", 404, 0.001, 0);
  metrics.count_event("a \"quoted\"\nnote");
  metrics.add_gauge("listeners", "Who listens", [] { return 3.0; });
  auto const text = metrics.text();
  EXPECT_TRUE(has(text, "guarantor_listeners 3"));
  EXPECT_TRUE(has(text, "guarantor_requests_total{operation=\"getRow\",status=\"200\"} 2"));
  EXPECT_TRUE(has(text, "guarantor_requests_total{operation=\"getRow\",status=\"404\"} 1"));
  EXPECT_TRUE(has(text, "guarantor_request_seconds_bucket{operation=\"getRow\",le=\"0.001\"} 1"));
  EXPECT_TRUE(has(text, "guarantor_request_seconds_bucket{operation=\"getRow\",le=\"0.05\"} 2"));
  EXPECT_TRUE(has(text, "guarantor_request_seconds_bucket{operation=\"getRow\",le=\"+Inf\"} 3"));
  EXPECT_TRUE(has(text, "guarantor_request_seconds_count{operation=\"getRow\"} 3"));
  // A bound counts what took exactly so long.
  EXPECT_TRUE(has(text, "guarantor_request_seconds_bucket{operation=\"\",le=\"0.001\"} 1"));
  EXPECT_TRUE(has(text, "guarantor_response_bytes_total{operation=\"getRow\"} 21"));
  EXPECT_TRUE(has(text, "guarantor_notes_total{what=\"a \\\"quoted\\\" note\"} 1")) << text;
}

TEST(Metrics, AreForThoseWhoReadTheStoresState) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  EXPECT_EQ(serve.get("public", "/metrics").status, 403);
  EXPECT_EQ(serve.get("delegate:XAL", "/metrics").status, 403);
  auto const response = serve.get("auditor", "/metrics");
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.text().find("guarantor_requests_total"), std::string::npos);
}

TEST(SystemEndpoints, GiveTheDescriptionOfEverything) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  auto const response = serve.get("public", "/openapi.yaml");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(response.text().starts_with("openapi: 3.1.0\n"));
  EXPECT_NE(response.text().find("operationId: getDescription"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::serve
