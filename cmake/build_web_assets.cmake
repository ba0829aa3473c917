# cmake -D WEB=… -D FOLDER=… -P build_web_assets.cmake
# Builds the pages of WEB and packs them into FOLDER/web_assets.{cc,bin}, with FOLDER/web_assets.d.
cmake_minimum_required(VERSION 3.25)

set(lock "${WEB}/package-lock.json")
set(installed "${WEB}/node_modules/.installed-lock.json")
find_program(NODE NAMES node nodejs)

set(ready FALSE)
if(NODE AND EXISTS "${installed}")
  file(SHA256 "${lock}" wanted)
  file(SHA256 "${installed}" found)
  if(wanted STREQUAL found)
    set(ready TRUE)
  endif()
endif()

if(NOT ready)
  message(STATUS "The web pages are left out: run tools/web/install, which needs npm")
  file(WRITE "${FOLDER}/web_assets.bin" "")
  execute_process(COMMAND "${CMAKE_COMMAND}" -E copy_if_different
    "${CMAKE_CURRENT_LIST_DIR}/web_assets_missing.cc" "${FOLDER}/web_assets.cc" COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE "${FOLDER}/web_assets.d" "${FOLDER}/web_assets.cc: ${lock} ${installed}\n")
  return()
endif()

function(run)
  execute_process(COMMAND ${ARGV} WORKING_DIRECTORY "${WEB}"
    RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${said}")
  endif()
endfunction()

run("${NODE}" node_modules/svelte-check/bin/svelte-check --tsconfig ./tsconfig.json --fail-on-warnings
    --threshold warning --output human)
run("${NODE}" node_modules/vite/bin/vite.js build --logLevel warn --emptyOutDir --outDir "${FOLDER}/dist")
run("${NODE}" embed.mjs "${FOLDER}/dist" "${FOLDER}/web_assets.cc" "${FOLDER}/web_assets.bin"
    "${FOLDER}/web_assets.d")
