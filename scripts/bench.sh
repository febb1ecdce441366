#!/usr/bin/env bash
# `make bench`: measures on SQLite and on PostgreSQL in one run, prints a table, writes bench/result.json.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/services.sh
exec scripts/with-postgres.sh .venv/bin/python -m bench "$@"
