#!/usr/bin/env bash
# `make test`: what stores things on PostgreSQL first, then everything on SQLite, then the system.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/services.sh
pytest=(.venv/bin/python -m pytest)
stores=(
    tests/kit/outbox tests/kit/journal tests/kit/test_sessions.py tests/kit/test_tokens.py
    tests/organisations tests/agenda tests/cases tests/intake tests/handling
    tests/web/oversight/test_yearly.py
)
skip=",${SKIP:-},"

if [[ $skip == *,browser,* ]]; then echo "SKIPPED: browser. The journeys in Chromium were not run."; fi
if [[ $skip == *,postgres,* ]]; then
    echo "SKIPPED: postgres. Nothing was proven on PostgreSQL."
    exec "${pytest[@]}" "$@"
fi
if [[ ${KLANKBORD_TEST_POSTGRES:-} == "" ]]; then exec scripts/with-postgres.sh "$0" "$@"; fi

# Two at a time. Each worker founds and serves an installation of its own, on a port of its own; what
# is in one file of tests/system shares a server, and looks at the same folders: it stays together.
served=(tests/system tests/journeys)
status=0
echo "== On PostgreSQL: ${stores[*]}"
DATABASE_URL=$KLANKBORD_TEST_POSTGRES "${pytest[@]}" -n 2 "${stores[@]}" || status=$?
echo "== On SQLite: rules, services and pages"
"${pytest[@]}" -n 2 "${served[@]/#/--ignore=}" "$@" || status=$?
echo "== The running system"
"${pytest[@]}" -n 2 --dist loadfile tests/system "$@" || status=$?
echo "== The browser"
"${pytest[@]}" -n 2 --dist worksteal tests/journeys "$@" || status=$?
exit "$status"
