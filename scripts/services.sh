#!/usr/bin/env bash
# Sees to it that Chromium and PostgreSQL are there for the tests, from Debian's packages.
# SKIP=browser,postgres leaves them out; with CI=true nothing may be left out.
set -euo pipefail

skip=",${SKIP:-},"
if [[ ${CI:-} == true && $skip != ",," ]]; then echo "CI skips nothing: unset SKIP." >&2; exit 1; fi

missing=()
if [[ $skip != *,browser,* ]]; then
    command -v chromium >/dev/null 2>&1 || missing+=(chromium)
fi
if [[ $skip != *,postgres,* ]]; then
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
fi
(( ${#missing[@]} )) || exit 0

line="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if [[ $(id -u) != 0 ]]; then
    echo "The tests need ${missing[*]}. Type: sudo sh -c '$line'  (or leave them out: make test SKIP=browser,postgres)" >&2
    exit 1
fi
echo "Installing ${missing[*]} for the tests"
# Debian would start a cluster of its own; the tests bring theirs.
mkdir -p /etc/postgresql-common
[[ -e /etc/postgresql-common/createcluster.conf ]] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
DEBIAN_FRONTEND=noninteractive sh -c "$line" </dev/null
