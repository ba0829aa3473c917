#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// OGC API Features 1.0 (parts: core, GeoJSON, OpenAPI 3.0), for QGIS, GDAL and other programs.
[[nodiscard]] Routes ogc_endpoints(Services& services);

}  // namespace guarantor::serve
