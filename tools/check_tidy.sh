#!/usr/bin/env bash
# Runs clang-tidy over the sources of a build folder (default build/release); further arguments are
# the files to look at (default: everything under src/ and apps/; `tools/tidy_sources` names those of
# a change).
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

# The verbs have no logic of their own, and the analyzer takes as long as everything else over the
# headers they include.
look_at() {
  case "$2" in
    apps/*) checks=(--checks=-clang-analyzer-*) ;;
    *) checks=() ;;
  esac
  clang-tidy-19 -p "$1" --quiet --warnings-as-errors='*' "${checks[@]}" "$2"
}
export -f look_at

log="$build/clang-tidy.log"
if ! printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "$(nproc)" bash -c 'look_at "$0" "$1"' "$build" >"$log" 2>/dev/null; then
  cat "$log" >&2
  exit 1
fi
echo "${#files[@]} files are tidy"
