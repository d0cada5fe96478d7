-- wrk script: posts Splunk-shaped alerts of about 1 KiB.
--   MODE=repeat  into CARD incidents (default 1000) that are open already or soon; every alert of a thread differs until 4,096 were sent
--   MODE=new     each opens an incident of its own
--   SHAPE=prometheus  as Prometheus would post them to Alertmanager, of the same size, for that peer
-- The requests are put together from few pieces, and those of MODE=repeat are kept: what the client costs is taken from the server on
-- a machine that they share.
-- WRK_OUT: the file that gets one line of JSON. The path holds the secret, as Splunk must do it.
local mode = os.getenv("MODE") or "repeat"
local card = tonumber(os.getenv("CARD") or "1000")
local path = os.getenv("UPATH") or ""
if path == "" then path = "/in/splunk/bench-secret-bench-secret" end
local run = os.getenv("RUNID") or "r"
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

-- Numbers of a fixed width, so that the length of a body does not depend on them: %s is the run's number twice, the host, the count.
local body = [[{"sid": "scheduler__admin__search__RMD5a1b2c3d4e5f60718_at_1772900001_%s", "search_name": "LMS 5xx burst", "app": "search", "owner": "admin", "results_link": "https://splunk.example.org:8000/app/search/@go?sid=scheduler__admin__search__RMD5a1b2c3d4e5f60718_at_1772900001_%s", "result": {"host": "%s", "count": "%s", "sourcetype": "nginx:access", "index": "lms", "environment": "production", "region": "us-east-1", "cluster": "prod-edx-1", "status": "502", "uri_path": "/courses/course-v1:Example+CS101+2026/courseware", "method": "GET", "upstream": "lms-backend", "p99_ms": "2841", "first_seen": "2026-03-08T03:25:00.000+00:00", "last_seen": "2026-03-08T03:30:00.000+00:00", "_time": "1772940600", "_raw": "203.0.113.9 - - [08/Mar/2026:03:29:59 +0000] \"GET /courses/course-v1:Example+CS101+2026/courseware HTTP/1.1\" 502 552 \"-\" \"Mozilla/5.0\" rt=2.841 upstream=lms-backend request_id=9f1c3a52d7", "linecount": "1", "splunk_server": "idx-1.example.org", "_si": ["idx-1.example.org", "lms"]}}]]
-- The same facts as annotations (the number twice), labels (the host) and a link (the count).
if os.getenv("SHAPE") == "prometheus" then
  body = [=[[{"annotations": {"sid": "scheduler__admin__search__RMD5a1b2c3d4e5f60718_at_1772900001_%s", "run": "%s", "uri_path": "/courses/course-v1:Example+CS101+2026/courseware", "p99_ms": "2841", "first_seen": "2026-03-08T03:25:00.000+00:00", "last_seen": "2026-03-08T03:30:00.000+00:00", "raw": "203.0.113.9 - - [08/Mar/2026:03:29:59 +0000] \"GET /courses/course-v1:Example+CS101+2026/courseware HTTP/1.1\" 502 552 \"-\" \"Mozilla/5.0\" rt=2.841 upstream=lms-backend request_id=9f1c3a52d7"}, "labels": {"host": "%s", "alertname": "LMS 5xx burst", "app": "search", "owner": "admin", "sourcetype": "nginx:access", "index": "lms", "environment": "production", "region": "us-east-1", "cluster": "prod-edx-1", "status": "502", "method": "GET", "upstream": "lms-backend", "severity": "critical", "splunk_server": "idx-1.example.org"}, "generatorURL": "https://prometheus.example.org:9090/graph?g0.expr=lms_5xx&count=%s"}]]=]
end
local pieces = {}
for piece in (body .. "%s"):gmatch("(.-)%%s") do pieces[#pieces + 1] = piece end
local kept_max = 4096
local kept = {}
local n = 0
local head

local function made(number, host, count)
  if not head then
    local size = 2 * #number + #host + #count
    for _, piece in ipairs(pieces) do size = size + #piece end
    head = string.format("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, size)
  end
  return table.concat({head, pieces[1], number, pieces[2], number, pieces[3], host, pieces[4], count, pieces[5]})
end

function request()
  n = n + 1
  if mode == "new" then
    return made(string.format("%09d", n), string.format("%s-%d-%09d", run, id, n), string.format("%03d", 100 + n % 900))
  end
  local at = n % kept_max
  local again = kept[at]
  if again then return again end
  kept[at] = made(string.format("%09d", n), string.format("lms-%04d", n % card), string.format("%03d", 100 + n % 900))
  return kept[at]
end

function done(summary, latency)
  local out = io.open(os.getenv("WRK_OUT") or "/dev/stdout", "a")
  out:write(string.format('{"requests":%d,"seconds":%.3f,"per_second":%.0f,"p50_us":%d,"p99_us":%d,"max_us":%d,"errors":%d,"not_2xx":%d}\n',
    summary.requests, summary.duration / 1e6, summary.requests / (summary.duration / 1e6), latency:percentile(50),
    latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
  out:close()
end
