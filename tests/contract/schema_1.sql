-- A database as the first schema version kept it: whatever comes later has to read this. Never changed.
BEGIN;
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    service TEXT NOT NULL,
    escalation TEXT NOT NULL,
    summary TEXT NOT NULL,
    url TEXT NOT NULL,
    severity TEXT NOT NULL,
    urgency TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_alert_at INTEGER NOT NULL,
    alerts INTEGER NOT NULL,
    firing INTEGER NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT NOT NULL,
    snoozed_until INTEGER,
    resolved_at INTEGER,
    resolved_by TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    round INTEGER NOT NULL,
    step INTEGER NOT NULL,
    outstanding INTEGER NOT NULL,
    is_exhausted INTEGER NOT NULL,
    step_due_at INTEGER,
    acknowledgement_ends_at INTEGER,
    resolve_after INTEGER NOT NULL,
    resolve_due_at INTEGER,
    last_alert INTEGER  -- The newest row of alert that belongs to it; from there by alert.previous.
) STRICT;
CREATE INDEX incident_open ON incident (id, state, severity) WHERE state <> 'resolved';

CREATE TABLE member (
    incident INTEGER NOT NULL,
    source TEXT NOT NULL,
    alert_key TEXT NOT NULL,
    is_firing INTEGER NOT NULL,
    PRIMARY KEY (incident, source, alert_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    incident INTEGER,
    previous INTEGER,  -- The alert before it of the same incident.
    received_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    trace TEXT NOT NULL,
    rule TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_incident ON timeline (incident);

CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    round INTEGER NOT NULL,
    step INTEGER NOT NULL,
    person TEXT NOT NULL,
    via TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    give_up_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT;
CREATE INDEX page_incident ON page (incident);
CREATE INDEX page_pending ON page (due_at) WHERE state = 'pending';

INSERT INTO incident VALUES (1, 'splunk/disk "full" on höst; DROP TABLE incident --', 'acknowledged', 'splunk-main', 'courseware-disk', 'courseware', 'learner',
    'Disk' || char(0) || 'almost full', 'https://splunk.example/alert?id=1', 'high', 'notice', 1795334400001, 1795334400002, 5000000000, 17, 1795334400003,
    'lahore-a', 1795334400004, 1795334400005, 'cambridge-b', 1, 2, 3, 4, 1, 1795334400006, 1795334400007, 7200000, 1795334400008, 1);
INSERT INTO member VALUES (1, 'opsgenie', 'a', 1);
INSERT INTO alert VALUES (1, 1, NULL, 1795334400001, 'splunk-main', 'fire', 'disk', '0123456789abcdef0123456789abcdef', 'courseware-disk',
    '{"result": {"host": "web-1"}}');
INSERT INTO timeline VALUES (1, 1, 1795334400005, 'step_timed_out', 'lahore-a', 'nobody answered');
INSERT INTO page VALUES (1, 1, 'notice', 1, 2, -1, 'lahore-a', 'work-phone', 'ntfy', 'https://ntfy.example/lahore-a', 'fallback',
    'the steps are used up', 'failed', 1795334400001, 1795334400002, 1795334400003, 4, 'connect 10.0.0.5:443: timed out', 'node-a', 1795334400004);

PRAGMA application_id = 1952674670;
PRAGMA user_version = 1;
COMMIT;
