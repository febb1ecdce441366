#!/usr/bin/env bash
# Renews the hashed locks. They name no host, so they work with any package index.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 "$@"; }
lock requirements/runtime.in requirements/build.in -o requirements/runtime.txt
lock requirements/dev.in requirements/build.in -c requirements/runtime.txt -o requirements/dev.txt
if grep -nE '://|file:' requirements/*.txt; then echo "A lock names a host." >&2; exit 1; fi
