#!/usr/bin/env bash
# Repeats one seed of the simulation in every way in which seeds are played: tests/simulation/replay.sh 918273
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here"
TOCSIN_SEED=${1:?which seed?} exec build/dev/simulation_tests --gtest_filter='Simulation.*'
