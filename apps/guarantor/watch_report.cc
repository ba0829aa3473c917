#include "guarantor/report/watch_report.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "guarantor/monitor/published_report.h"
#include "guarantor/plan_folder.h"
#include "guarantor/tables/files.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"
