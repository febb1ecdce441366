#!/usr/bin/env bash
# `make test`: what stores things on PostgreSQL first, then everything on SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/services.sh
pytest=(.venv/bin/python -m pytest)
stores=(tests/kit tests/organisations tests/cases tests/intake tests/handling tests/agenda)
skip=",${SKIP:-},"

if [[ $skip == *,browser,* ]]; then echo "SKIPPED: browser. The journeys in Chromium were not run."; fi
if [[ $skip == *,postgres,* ]]; then
    echo "SKIPPED: postgres. Nothing was proven on PostgreSQL."
    exec "${pytest[@]}" "$@"
fi
if [[ ${KLANKBORD_TEST_POSTGRES:-} == "" ]]; then exec scripts/with-postgres.sh "$0" "$@"; fi

present=(); for folder in "${stores[@]}"; do [[ -d $folder ]] && present+=("$folder"); done
status=0
echo "== On PostgreSQL: ${present[*]}"
DATABASE_URL=$KLANKBORD_TEST_POSTGRES "${pytest[@]}" "${present[@]}" || status=$?
echo "== On SQLite: everything"
"${pytest[@]}" "$@" || status=$?
exit "$status"
