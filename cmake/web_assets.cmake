# guarantor_web_assets(OUT)
# The web pages as one source file that holds them all, made from web/ when something there changes.
# OUT is the variable that gets its name. Where the packages that the pages are made from are not there
# (tools/web/install fetches them) it holds one page that says so, and is looked at again in each build.
function(guarantor_web_assets out)
  set(folder "${CMAKE_BINARY_DIR}/web")
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT "${folder}/web_assets.cc"
    BYPRODUCTS "${folder}/web_assets.bin"
    COMMAND "${CMAKE_COMMAND}" -D "WEB=${CMAKE_SOURCE_DIR}/web" -D "FOLDER=${folder}"
            -P "${CMAKE_SOURCE_DIR}/cmake/build_web_assets.cmake"
    DEPENDS "${CMAKE_SOURCE_DIR}/cmake/build_web_assets.cmake"
            "${CMAKE_SOURCE_DIR}/cmake/web_assets_missing.cc"
    DEPFILE "${folder}/web_assets.d"
    COMMENT "Building the web pages"
    VERBATIM)
  set(${out} "${folder}/web_assets.cc" PARENT_SCOPE)
endfunction()
