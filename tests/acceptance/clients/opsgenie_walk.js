// Walks the Alert, Heartbeat and User API with Opsgenie's own SDK; every step says what it saw, the first that fails ends it.
//   node opsgenie_walk.js <folder of node_modules> <url> <key>
'use strict';
const assert = require('assert');
const [modules, host, key] = process.argv.slice(2);
const opsgenie = require(`${modules}/opsgenie-sdk`);
opsgenie.configure({ host, api_key: key });

const call = (object, name, ...args) => new Promise((done, fail) =>
  object[name](...args, (error, answer) => (error ? fail(new Error(`${name}: ${JSON.stringify(error)}`)) : done(answer))));
const alert = (name, ...args) => call(opsgenie.alertV2, name, ...args);
const heartbeat = (name, ...args) => call(opsgenie.heartbeat, name, ...args);
const refused = async (promise, message) => {
  try { await promise; } catch (error) { return assert.match(error.message, message); }
  assert.fail(`it should have been refused with ${message}`);
};

const alias = 'disk/db01 é';
const named = { identifier: alias, identifierType: 'alias' };
const done = async (answer) => {
  const { data } = await alert('getRequestStatus', answer.requestId, {});
  assert.strictEqual(data.isSuccess, true, JSON.stringify(data));
  return data.alertId;
};

const write = async (name, data) => done(await alert(name, named, data, {}));

async function walkAlerts() {
  const id = await done(await alert('create', {
    message: 'm', alias, description: 'd', responders: [{ name: 'ops', type: 'team' }], actions: ['restart'],
    tags: ['t1', 't2'], details: { k: 'v' }, entity: 'e', priority: 'P2', user: 'u', note: 'n', source: 's',
  }, {}));
  const shown = (await alert('get', { identifier: id, identifierType: 'id' }, {})).data;
  assert.strictEqual(shown.alias, alias);
  assert.deepStrictEqual(shown.tags, ['t1', 't2']);
  assert.strictEqual((await alert('get', named, {})).data.id, id);
  const listed = await alert('list', { query: 'status: open AND tag: t1', limit: 10, sort: 'createdAt', order: 'asc' }, {});
  assert.deepStrictEqual(listed.data.map((one) => one.id), [id]);
  await write('acknowledge', { user: 'u', note: 'x' });
  await write('unacknowledge', { user: 'u' });
  await write('snooze', { endTime: '2030-01-01T00:00:00Z' });
  await write('assign', { owner: { username: 'ben' } });
  await write('escalateToNext', { escalation: { name: 'site' } });
  await write('addTeam', { team: { name: 'web' } });
  await write('addTags', { tags: ['t3'] });
  await done(await alert('removeTags', named, { tags: 't1,t2' }, {}));
  // Without an identifierType the SDK writes "/tags/&tags=t3": a query that nothing begins.
  await write('addTags', { tags: ['t4'] });
  await done(await alert('removeTags', { identifier: id }, { tags: 't4' }, {}));
  assert.ok((await alert('listAlertLogs', { identifier: id }, { limit: 2 }, {})).data.length === 2);
  await write('addDetails', { details: { l: 'w' } });
  await done(await alert('removeDetails', named, { keys: 'k' }, {}));
  await write('addNote', { note: 'a note' });
  await write('executeAction', { action: 'restart' });
  const changed = (await alert('get', named, {})).data;
  assert.deepStrictEqual(changed.tags, ['t3']);
  assert.deepStrictEqual(changed.details, { l: 'w' });
  assert.strictEqual(changed.owner, 'ben');
  assert.ok((await alert('listAlertNotes', named, { limit: 10 }, {})).data.some((one) => one.note === 'a note'));
  assert.ok((await alert('listAlertLogs', named, { limit: 10 }, {})).data.length > 5);
  assert.ok(Array.isArray((await alert('listAlertRecipients', named, {})).data));
  assert.deepStrictEqual((await alert('listSavedSearches', {})).data, []);
  await write('close', { note: 'over' });
  await refused(alert('get', named, {}), /is not found/);
  await done(await alert('delete', { identifier: id, identifierType: 'id' }, {}));
  await refused(alert('create', { alias: 'nothing' }, {}), /may not be empty/);
}

async function walkHeartbeats() {
  assert.strictEqual((await heartbeat('ping', { identifier: 'backup' }, {})).result, 'PONG - Heartbeat received');
  const shown = (await heartbeat('get', 'backup', {})).data;
  assert.ok(shown.lastPingTime && shown.enabled && !shown.expired);
  assert.strictEqual((await heartbeat('list', {}, {})).data.heartbeats.length, 1);
  await refused(heartbeat('create', { name: 'new', interval: 1, intervalUnit: 'minutes', enabled: true }, {}), /rulebook/);
}

walkAlerts().then(walkHeartbeats).then(() => console.log('walked'), (error) => {
  console.error(error);
  process.exitCode = 1;
});
