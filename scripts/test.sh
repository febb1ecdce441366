#!/usr/bin/env bash
# `make test`: what stores things on PostgreSQL first, then everything on SQLite, then the system.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/services.sh
pytest=(.venv/bin/python -m pytest)
stores=(
    tests/kit/outbox tests/kit/journal tests/kit/test_sessions.py tests/kit/test_tokens.py
    tests/organisations tests/agenda tests/cases tests/intake tests/handling
)
skip=",${SKIP:-},"

if [[ $skip == *,browser,* ]]; then echo "SKIPPED: browser. The journeys in Chromium were not run."; fi
if [[ $skip == *,postgres,* ]]; then
    echo "SKIPPED: postgres. Nothing was proven on PostgreSQL."
    exec "${pytest[@]}" "$@"
fi
if [[ ${KLANKBORD_TEST_POSTGRES:-} == "" ]]; then exec scripts/with-postgres.sh "$0" "$@"; fi

# Two at a time where tests do not wait for each other; servers and browsers have the machine alone.
alone=(tests/system tests/journeys)
status=0
echo "== On PostgreSQL: ${stores[*]}"
DATABASE_URL=$KLANKBORD_TEST_POSTGRES "${pytest[@]}" -n 2 "${stores[@]}" || status=$?
echo "== On SQLite: rules, services and pages"
"${pytest[@]}" -n 2 "${alone[@]/#/--ignore=}" "$@" || status=$?
echo "== The running system and the browser: ${alone[*]}"
"${pytest[@]}" "${alone[@]}" "$@" || status=$?
exit "$status"
