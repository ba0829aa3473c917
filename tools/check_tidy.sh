#!/usr/bin/env bash
# Runs clang-tidy over the sources of a build folder (default build/release); further arguments are
# the files to look at (default: everything under src/ and apps/).
set -euo pipefail
cd "$(dirname "$0")/.."

build="${1:-build/release}"
shift || true
files=("$@")
if [ "${#files[@]}" -eq 0 ]; then
  mapfile -t files < <(find src apps -name '*.cc' | sort)
fi
if [ ! -f "$build/compile_commands.json" ]; then
  echo "$build has no compile_commands.json; configure it first: cmake --preset release" >&2
  exit 1
fi

log="$build/clang-tidy.log"
if ! printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p "$build" --quiet --warnings-as-errors='*' \
    >"$log" 2>/dev/null; then
  cat "$log" >&2
  exit 1
fi
echo "${#files[@]} files are tidy"
