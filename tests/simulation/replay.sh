#!/usr/bin/env bash
# Repeats one seed of the simulation: tests/simulation/replay.sh 918273
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TOCSIN_SEED=${1:?which seed?} exec "$here/build/dev/simulation_tests" --gtest_filter='Simulation.*'
