#include "guarantor/serve/routes.h"

#include <initializer_list>
#include <iterator>

#include "guarantor/serve/account_endpoints.h"
#include "guarantor/serve/event_endpoints.h"
#include "guarantor/serve/incident_endpoints.h"
#include "guarantor/serve/job_endpoints.h"
#include "guarantor/serve/layer_endpoints.h"
#include "guarantor/serve/ledger_endpoints.h"
#include "guarantor/serve/observation_endpoints.h"
#include "guarantor/serve/ogc_endpoints.h"
#include "guarantor/serve/plan_endpoints.h"
#include "guarantor/serve/pot_endpoints.h"
#include "guarantor/serve/report_endpoints.h"
#include "guarantor/serve/row_endpoints.h"
#include "guarantor/serve/scenario_endpoints.h"
#include "guarantor/serve/session_endpoints.h"
#include "guarantor/serve/system_endpoints.h"
#include "guarantor/serve/token_endpoints.h"
#include "guarantor/serve/web_endpoints.h"

namespace guarantor::serve {

Routes all_routes(Services& services) {
  using Group = Routes (*)(Services&);
  Routes routes;
  for (Group const group : std::initializer_list<Group>{
           account_endpoints,
           event_endpoints,
           incident_endpoints,
           job_endpoints,
           layer_endpoints,
           ledger_endpoints,
           observation_endpoints,
           ogc_endpoints,
           plan_endpoints,
           pot_endpoints,
           report_endpoints,
           row_endpoints,
           scenario_endpoints,
           session_endpoints,
           system_endpoints,
           token_endpoints,
           web_endpoints,
       }) {
    Routes more = group(services);
    std::ranges::move(more, std::back_inserter(routes));
  }
  return routes;
}

}  // namespace guarantor::serve
