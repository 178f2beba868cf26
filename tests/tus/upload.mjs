// A standard client of tus (npm tus-js-client) brings a photo that a phone's entry names, over a line that is cut
// amid it, and goes on from the last byte. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync, readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Upload } from 'tus-js-client';

const { FRONTLINE, PHONE, PORT, TOKEN, WRONG_TOKEN, NO_TOKEN } = process.env;
let passed = 0;
const failures = [];
function check(what, ok, why = '') {
  if (ok) passed += 1;
  else failures.push(`${what}${why === '' ? '' : `: ${why}`}`);
}

// A photo of noise, some 750 KB.
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let n = 0; n < 8; n += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}
const [width, height] = [500, 500];
const head = Buffer.alloc(13);
head.writeUInt32BE(width, 0);
head.writeUInt32BE(height, 4);
head.set([8, 2, 0, 0, 0], 8);
const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(3 * width)])));
const photo = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
]);
writeFileSync(join(PHONE, 'counter.png'), photo);

// The phone takes it, and sends what was written.
function phone(lines) {
  const said = spawnSync(FRONTLINE, ['device', 'do', '--data', PHONE], { input: `${lines.map((l) => JSON.stringify(l)).join('\n')}\n` });
  const answers = said.stdout.toString().trim().split('\n').map((line) => JSON.parse(line));
  for (const answer of answers) if (!answer.ok) throw new Error(`${JSON.stringify(answer)}\n${said.stderr}`);
  return answers;
}
const [, taken, begun] = phone([
  { do: 'sync.now', network: 'none' },
  { do: 'media.add', file: 'counter.png' },
  { do: 'procedures.start', procedure: 'opening-checks' },
]);
const hash = taken.id;
const metadata = { hash, filename: 'counter.png' };

// A line that is cut once, so many bytes behind the begin of an upload.
let left = -1;
let through = 0;
const cut = createServer((client) => {
  const server = connect(Number(PORT), '127.0.0.1');
  server.pipe(client);
  client.on('data', (data) => {
    through += data.length;
    if (left >= 0 && through > left) {
      server.write(data.subarray(0, data.length - (through - left)), () => { server.destroy(); client.destroy(); });
      left = -1;
      return;
    }
    server.write(data);
  });
  for (const [one, other] of [[client, server], [server, client]]) one.on('error', () => other.destroy()).on('close', () => other.destroy());
});
await new Promise((resolve) => cut.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${cut.address().port}/v1/blobs`;

function upload(token, more = {}) {
  const places = [];
  return new Promise((resolve) => {
    const one = new Upload(photo, {
      endpoint, metadata, retryDelays: [50, 100, 200, 400, 800], headers: { authorization: `Bearer ${token}` },
      storeFingerprintForResuming: false, ...more,
      onBeforeRequest: (request) => {
        if (request.getMethod() === 'PATCH') places.push(Number(request.getHeader('Upload-Offset')));
      },
      onError: (error) => resolve({ error, places }),
      onSuccess: () => resolve({ places, url: one.url }),
    });
    one.start();
  });
}
const status = (said) => said.error?.originalResponse?.getStatus();

const early = await upload(TOKEN, { retryDelays: [] });
check('a picture that no entry names is not taken', status(early) === 404, String(early.error ?? 'it was'));
phone([
  { do: 'procedures.answer', run: begun.id, item: 'counter-photo', value: hash },
  { do: 'sync.now', network: 'none' },
]);
const foreign = await upload(WRONG_TOKEN, { retryDelays: [] });
check('a token for pictures of content brings no photo', status(foreign) === 404, String(foreign.error ?? 'it did'));
const none = await upload(NO_TOKEN, { retryDelays: [] });
check('a token for something else brings none', status(none) === 403, String(none.error ?? 'it did'));

through = 0;
left = 300_000;
const done = await upload(TOKEN);
check('it arrives although the line was cut', !done.error, String(done.error));
check('the client began at the first byte', done.places[0] === 0, String(done.places));
const again = done.places.at(-1);
check('and went on from the last byte that had arrived', done.places.length === 2 && again > 200_000 && again < 300_000, String(done.places));
check('its place is its name', done.url?.endsWith(`/v1/blobs/${hash}`), String(done.url));

const twice = await upload(TOKEN);
check('sent once more, it is there already', !twice.error, String(twice.error));
const asked = await fetch(`${endpoint}/${hash}`, { method: 'HEAD', headers: { authorization: `Bearer ${TOKEN}`, 'tus-resumable': '1.0.0' } });
check('the server has all of it', Number(asked.headers.get('upload-offset')) === photo.length, String(asked.headers.get('upload-offset')));
const can = await fetch(endpoint, { method: 'OPTIONS' });
check('the server says what it can', can.headers.get('tus-extension') === 'creation,expiration', String(can.headers.get('tus-extension')));

// The phone finds it there: of the photo it sends nothing, of the small one all.
const [sync, , saved] = phone([
  { do: 'sync.now' },
  { do: 'media.list', run: begun.id },
  { do: 'media.save', photo: hash, file: 'again.png' },
]);
check('the phone sends the small one only', sync.pictures.sent === 2 && sync.pictures.had === 1 && sync.pictures.bytes_up < 200_000, JSON.stringify(sync.pictures));
check('what the phone keeps is what was taken', saved.bytes === photo.length && readFileSync(join(PHONE, 'again.png')).equals(photo));
cut.close();

console.log(`${photo.length} bytes, cut behind ${again} of them, gone on with from there`);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
