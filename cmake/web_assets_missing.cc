// What stands in for the web pages where what they are made from is not there.
#include "guarantor/serve/web_assets.h"

namespace guarantor::serve {

std::span<WebAsset const> web_assets() {
  static WebAsset const assets[]{
      {"/index.html", "text/html; charset=utf-8", "\"missing\"",
       "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Guarantor</title>"
       "<h1>Guarantor</h1><p>This program was built without its web pages: npm could not fetch "
       "what they are made from. Everything else works: see <a href=\"/openapi.yaml\">"
       "/openapi.yaml</a>.<p>To have the pages, run tools/web/install where npm works, and build "
       "again.",
       false}};
  return assets;
}

}  // namespace guarantor::serve
