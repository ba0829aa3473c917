#include "guarantor/serve/job_endpoints.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

Error no_such_job(std::string_view id) {
  return {ErrorKind::kNotFound, fmt::format("there is no job `{}`", id),
          "GET /api/jobs lists those there are; they go with the program that ran them"};
}

Result<Response> list_all(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  auto const jobs = services.jobs.list();
  auto const span = span_of(paging.value(), jobs.size(), [&](std::size_t i) { return jobs[i].id; });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(Json::parse(to_json(jobs[i])));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

Result<Response> get_one(Services& services, Call const& call) {
  auto const job = services.jobs.find(call.at("job"));
  return job ? Result<Response>{respond_json(to_json(*job))} : no_such_job(call.at("job"));
}

Result<Response> cancel(Services& services, Call const& call) {
  auto const& id = call.at("job");
  bool const cancelled = services.jobs.cancel(id);
  auto const job = services.jobs.find(id);
  if (!job) {
    return no_such_job(id);
  }
  if (!cancelled) {
    return Error{ErrorKind::kCheckFailed, fmt::format("job `{}` has ended", id),
                 "what it made is kept"};
  }
  return respond_json(to_json(*job), 202);
}

}  // namespace

Routes job_endpoints(Services& services) {
  auto const with = [&services](auto endpoint) {
    return [&services, endpoint](Call const& call) { return endpoint(services, call); };
  };
  // A job's bound and objective rest on every offer there is.
  auto const reads = may(policy::Operation::kRead, policy::Record::kBound);
  return {{.method = "GET",
           .path = "/api/jobs",
           .operation = "listJobs",
           .rule = reads,
           .endpoint = with(list_all)},
          {.method = "GET",
           .path = "/api/jobs/{job}",
           .operation = "getJob",
           .rule = reads,
           .endpoint = with(get_one)},
          {.method = "DELETE",
           .path = "/api/jobs/{job}",
           .operation = "cancelJob",
           .rule = may(policy::Operation::kPlan, policy::Record::kPlan),
           .endpoint = with(cancel)}};
}

}  // namespace guarantor::serve
