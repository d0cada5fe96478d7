// Sends what PagerDuty's own client can send; every step says what it was answered, the first that fails ends it.
//   NODE_EXTRA_CA_CERTS=<certificate> node pagerduty_walk.js <folder of node_modules> <key file> <certificate> <port> <routing key>
// The client speaks TLS alone: a proxy stands in front of the daemon.
'use strict';
const assert = require('assert');
const { spawn } = require('child_process');
const path = require('path');
const [modules, key, certificate, port, routingKey] = process.argv.slice(2);
const { event, change, trigger, acknowledge, resolve } = require(`${modules}/@pagerduty/pdjs`);

const listening = (proxy) => new Promise((done, fail) => {
  proxy.on('exit', (code) => fail(new Error(`the proxy ended with ${code}`)));
  proxy.stdout.once('data', (said) => done(String(said).trim().split(' ')[1]));
});

const payload = (summary) => ({ summary, source: 'monitoring.example.org', severity: 'critical', component: 'postgres' });

async function walk(server) {
  const sent = async (send, data, extra = {}) => {
    const { data: answer, status } = await send({ server, ...extra, data: { routing_key: routingKey, ...data } });
    assert.strictEqual(status, 202, JSON.stringify(answer));
    assert.strictEqual(answer.status, 'success');
    return answer;
  };
  const first = await sent(event, { event_action: 'trigger', payload: payload('disk full') });
  assert.match(first.dedup_key, /^[0-9a-f]{32}$/);
  const again = await sent(event, { event_action: 'trigger', dedup_key: first.dedup_key, payload: payload('disk full') });
  assert.strictEqual(again.dedup_key, first.dedup_key);
  await sent(acknowledge, { dedup_key: first.dedup_key });
  await sent(trigger, { dedup_key: 'srv01/HTTP', payload: payload('no answer'), client: 'walk', client_url: 'https://m.example.org' });
  await sent(resolve, { dedup_key: 'srv01/HTTP' });
  await sent(trigger, { dedup_key: 'srv01/HTTP', payload: payload('no answer again') });
  const changed = await sent(change, { payload: { summary: 'deployed', source: 'ci' }, links: [{ href: 'https://ci.example.org/1' }] });
  assert.strictEqual(changed.message, 'Change event processed');
  await sent(event, { payload: { summary: 'deployed again', source: 'ci' } }, { type: 'change' });
  await sent(resolve, { dedup_key: 'never-triggered' });
  const wrong = await event({ server, data: { routing_key: routingKey, event_action: 'trigger', payload: {} } });
  assert.strictEqual(wrong.status, 400);
  assert.deepStrictEqual(wrong.data.errors, ["'payload.summary' is missing or blank"]);
}

async function main() {
  const proxy = spawn(process.execPath, [path.join(__dirname, 'tls_proxy.js'), key, certificate, port], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = listening(proxy);
  try {
    await walk(`localhost:${await ended}`);
  } finally {
    proxy.removeAllListeners('exit');
    proxy.stdin.end();
  }
  console.log('walked');
}

// A timer of the client's for each request would keep it for half a minute.
main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
