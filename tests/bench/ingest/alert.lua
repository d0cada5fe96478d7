-- wrk script: posts Splunk-shaped alerts of about 1 KiB, every one different.
--   MODE=repeat  into CARD incidents (default 1000) that are open already or soon
--   MODE=new     each opens an incident of its own
-- WRK_OUT: the file that gets one line of JSON. The path holds the secret, as Splunk must do it.
local mode = os.getenv("MODE") or "repeat"
local card = tonumber(os.getenv("CARD") or "1000")
local path = os.getenv("UPATH") or "/in/splunk/bench-secret-bench-secret"
local run = os.getenv("RUNID") or "r"
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

local body = [[{"sid": "scheduler__admin__search__RMD5a1b2c3d4e5f60718_at_1772900001_%d", "search_name": "LMS 5xx burst", "app": "search", "owner": "admin", "results_link": "https://splunk.example.org:8000/app/search/@go?sid=scheduler__admin__search__RMD5a1b2c3d4e5f60718_at_1772900001_%d", "result": {"host": "%s", "count": "%d", "sourcetype": "nginx:access", "index": "lms", "environment": "production", "region": "us-east-1", "cluster": "prod-edx-1", "status": "502", "uri_path": "/courses/course-v1:Example+CS101+2026/courseware", "method": "GET", "upstream": "lms-backend", "p99_ms": "2841", "first_seen": "2026-03-08T03:25:00.000+00:00", "last_seen": "2026-03-08T03:30:00.000+00:00", "_time": "1772940600", "_raw": "203.0.113.9 - - [08/Mar/2026:03:29:59 +0000] \"GET /courses/course-v1:Example+CS101+2026/courseware HTTP/1.1\" 502 552 \"-\" \"Mozilla/5.0\" rt=2.841 upstream=lms-backend request_id=9f1c3a52d7", "linecount": "1", "splunk_server": "idx-1.example.org", "_si": ["idx-1.example.org", "lms"]}}]]
local headers = { ["Content-Type"] = "application/json" }
local n = 0
function request()
  n = n + 1
  local host = mode == "new" and string.format("%s-%d-%d", run, id, n) or string.format("lms-%d", n % card)
  return wrk.format("POST", path, headers, string.format(body, n, n, host, 100 + n % 900))
end

function done(summary, latency)
  local out = io.open(os.getenv("WRK_OUT") or "/dev/stdout", "a")
  out:write(string.format('{"requests":%d,"seconds":%.3f,"per_second":%.0f,"p50_us":%d,"p99_us":%d,"max_us":%d,"errors":%d,"not_2xx":%d}\n',
    summary.requests, summary.duration / 1e6, summary.requests / (summary.duration / 1e6), latency:percentile(50),
    latency:percentile(99), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.errors.status))
  out:close()
end
