#!/usr/bin/env python3
"""Fills a data directory that a daemon has opened once with generated alerts of the last 30 days, for tests/bench/replay/run.sh.

  alerts.py <data directory> <alerts> <folder of Splunk samples> [days back that they end]

Seed and shape are fixed: 2,000 hosts, some busier than others, so that most alerts repeat into incidents that are open."""
import json, pathlib, random, sqlite3, sys, time

directory, count, samples = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
days_back = float(sys.argv[4]) if len(sys.argv) > 4 else 0
random.seed(20261124)
bodies = [json.loads(p.read_text()) for p in sorted(samples.glob("*.json"))]
bodies = [b for b in bodies if "search_name" in b]
until = int((time.time() - days_back * 86_400) * 1000)
step = 30 * 86_400_000 / count


def row(number):
    body = dict(random.choice(bodies))
    host = "web-%04d.example.org" % min(int(random.expovariate(1 / 300)), 1_999)
    body["result"] = dict(body.get("result") or {}, host=host, count=str(random.randrange(1, 1_000)))
    received = int(until - (count - number) * step)
    return (number, received, "splunk", "fire", body["search_name"], "%032x" % number, "", json.dumps(body))


database = sqlite3.connect(directory + "/tocsin.db")
database.execute("PRAGMA synchronous = OFF")
first = database.execute("SELECT coalesce(max(id), 0) FROM alert").fetchone()[0] + 1
with database:
    database.executemany(
        "INSERT INTO alert (id, received_at, source, action, key, trace, rule, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((first + n - 1, *row(n)[1:]) for n in range(1, count + 1)))
database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(count, "alerts,", sum(len(json.dumps(b)) for b in bodies) // len(bodies), "bytes each")
