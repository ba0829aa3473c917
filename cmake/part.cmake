# guarantor_part(NAME SOURCES ... [DEPENDS part ...] [LIBRARIES target ...])
# One library a part. DEPENDS names the parts below it (tools/check_arrows.py holds the same list
# against the #include lines); LIBRARIES are private third parties.
function(guarantor_part name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(guarantor_${name} STATIC ${ARG_SOURCES})
  add_library(guarantor::${name} ALIAS guarantor_${name})
  target_link_libraries(guarantor_${name} PUBLIC guarantor_compiler PRIVATE ${ARG_LIBRARIES})
  foreach(part IN LISTS ARG_DEPENDS)
    target_link_libraries(guarantor_${name} PUBLIC guarantor::${part})
  endforeach()
endfunction()

# guarantor_test(PART SOURCES ... [DEPENDS part ...] [LIBRARIES target ...])
# One GoogleTest program a part, each case known to ctest by its own name. Tests run in the source
# tree, so scenarios/ and tests/ can be named relative to it; properties are drawn from a fixed seed,
# which RC_PARAMS=seed=N changes.
function(guarantor_test part)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_executable(${part}_test ${ARG_SOURCES})
  target_link_libraries(${part}_test PRIVATE guarantor::${part} GTest::gtest GTest::gtest_main
    rapidcheck ${ARG_LIBRARIES})
  # Tests spend their time in what they test: compiling them takes a third less this way.
  target_compile_options(${part}_test PRIVATE $<$<CONFIG:Release>:-O1>)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(${part}_test PRIVATE guarantor::${dependency})
  endforeach()
  gtest_discover_tests(${part}_test WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    PROPERTIES TIMEOUT 300 ENVIRONMENT "RC_PARAMS=seed=20260106" DISCOVERY_MODE PRE_TEST)
endfunction()
