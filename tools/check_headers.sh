#!/usr/bin/env bash
# Compiles every header alone: each must include what it uses.
#
#     tools/check_headers.sh [COMPILER]
set -euo pipefail
cd "$(dirname "$0")/.."

compiler="${1:-g++}"
mapfile -t headers < <(find src apps -name '*.h' | sort)
if [ "${#headers[@]}" -eq 0 ]; then
  echo "no headers found" >&2
  exit 1
fi

libraries="$(pkg-config --cflags-only-I gdal cbc 2>/dev/null | sed 's/-I/-isystem /g')"
export compiler libraries
compile_alone() {
  # shellcheck disable=SC2086  # the library flags are several words
  printf '#include "%s"\n' "${1#*/}" |
    "$compiler" -std=c++20 -fsyntax-only -Isrc -Iapps $libraries -Wall -Wextra -Wpedantic -Wshadow \
      -Wconversion -Werror -x c++ - || { echo "$1 does not compile alone" >&2; return 1; }
}
export -f compile_alone

printf '%s\0' "${headers[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'compile_alone "$0" || exit 1'
echo "${#headers[@]} headers compile alone"
