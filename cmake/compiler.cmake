# One place for what every target is compiled with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(GUARANTOR_CCACHE ccache)
if(GUARANTOR_CCACHE)
  # Paths below the source tree do not count, so that a second clone finds what the first compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}"
    "CCACHE_NOHASHDIR=1" "${GUARANTOR_CCACHE}")
endif()

add_library(guarantor_compiler INTERFACE)
target_include_directories(guarantor_compiler INTERFACE "${CMAKE_SOURCE_DIR}/src")
# Fused multiply-add would make results differ between machines.
target_compile_options(guarantor_compiler INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror -ffp-contract=off)

# A program loads only the libraries it calls: the one for workbooks alone takes 40 ms to start.
target_link_options(guarantor_compiler INTERFACE -Wl,--as-needed)

# Designated initialisers leave the other members at their defaults on purpose.
target_compile_options(guarantor_compiler INTERFACE -Wno-missing-field-initializers)

# g++ 12 warns of overlapping copies inside its own std::string (its bug 105329, mended in 13).
target_compile_options(guarantor_compiler INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)

# clang sees into libstdc++ 12, whose stable_sort uses what C++17 deprecated.
target_compile_options(guarantor_compiler INTERFACE
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)

set(GUARANTOR_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
if(GUARANTOR_SANITIZE)
  target_compile_options(guarantor_compiler INTERFACE -fsanitize=${GUARANTOR_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(guarantor_compiler INTERFACE -fsanitize=${GUARANTOR_SANITIZE})
  # What sanitizers add to the code makes g++ see uninitialised values inside std::function.
  target_compile_options(guarantor_compiler INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
