// The console in a real browser. Signs in through the page, visits every page at 360 and 1280 px, light and
// dark, in English, and once more in Arabic, right to left; takes pictures; runs axe; checks that nothing scrolls
// sideways. ONLY=people,person looks at those pages alone.
//
//   BASE_URL=http://127.0.0.1:8080 EMAIL=… PASSWORD=… OUT=out node console.mjs
//
// Optional: CHROMIUM (default /usr/bin/chromium). The last line is `N passed, N failed`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { BASE_URL, EMAIL, PASSWORD, OUT = 'out', CHROMIUM = '/usr/bin/chromium', ONLY = '' } = process.env;
if (!BASE_URL || !EMAIL || !PASSWORD) {
  console.error('set BASE_URL, EMAIL and PASSWORD: the console to look at, and who signs in to it');
  process.exit(2);
}
mkdirSync(OUT, { recursive: true });

const WIDTHS = [360, 1280];
const SCHEMES = ['light', 'dark'];
let passed = 0;
const failures = [];
function check(what, ok, why = '') {
  if (ok) passed += 1;
  else failures.push(`${what}${why ? `: ${why}` : ''}`);
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});

// One sign-in, by the page itself; the others take its cookies, as attempts are limited.
const first = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await first.newPage();
const refused = [];
page.on('console', (m) => m.type() === 'error' && refused.push(m.text()));
await page.goto(BASE_URL);
check('a stranger is asked to sign in', new URL(page.url()).pathname === '/sign-in', page.url());
await page.getByLabel('E-mail').fill(EMAIL);
await page.getByLabel('Password').fill('not the password');
await page.getByRole('button', { name: 'Sign in' }).click();
check('a wrong password is refused in words', await page.getByRole('alert').isVisible());
await page.getByLabel('Password').fill(PASSWORD);
await page.keyboard.press('Enter');
await page.waitForURL((url) => url.pathname === '/');
check('the right one leads to the sites', await page.getByRole('heading', { level: 1, name: 'Sites' }).isVisible());
await page.keyboard.press('Tab');
const skip = await page.evaluate(() => document.activeElement?.getAttribute('href'));
check('the keyboard reaches the way past the menu first', skip === '#content', String(skip));

// Every page there is, found by following the console's own links.
const site = await page.locator('article h2 a').first().getAttribute('href');
await page.goto(new URL(site, BASE_URL).href);
const runs = await page.locator('a[href^="/runs/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
const modules = await page.locator('a[href^="/assignments/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
// The first link of a list that leads to a page of this kind.
async function first_link(list, prefix) {
  await page.goto(new URL(list, BASE_URL).href);
  return page.locator(`tbody a[href^="${prefix}"]`).first().getAttribute('href', { timeout: 1000 }).catch(() => null);
}
const found = {
  person: await first_link('/people?role=staff', '/people/'),
  device: await first_link('/devices?state=in-use', '/devices/'),
  assignment: await first_link('/assignments', '/assignments/'),
  release: await first_link('/content?kind=procedure', '/content/'),
  run: await first_link('/runs?procedure=opening-checks', '/runs/'),
};
for (const [what, href] of Object.entries(found)) check(`a list leads to a ${what}`, Boolean(href));
await page.goto(new URL(found.person, BASE_URL).href);
const role = await page.locator('a[href*="/roles/"]').first().getAttribute('href', { timeout: 1000 }).catch(() => null);
check('a person has a role to end', Boolean(role));
const compared = found.run?.replace('/runs/', '/compare?a=');
await page.goto(new URL(compared, BASE_URL).href);
const other = await page.locator('#f-b option').first().getAttribute('value', { timeout: 1000 }).catch(() => null);
let pages = [
  ['runs', '/runs'],
  ['runs-clash', '/runs?only=clash'],
  ['compare-choose', compared],
  ['weeks', '/weeks?weeks=4'],
  ['failures', '/failures?procedure=opening-checks'],
  ['actions', '/actions'],
  ['actions-none', '/actions?q=zzz'],
  ['people', '/people'],
  ['people-none', '/people?q=zzz'],
  ['person', found.person],
  ['person-new', '/people/new'],
  ['person-move', `${found.person}/move`],
  ['person-password', `${found.person}/password`],
  ['role-end', role],
  ['devices', '/devices'],
  ['device', found.device],
  ['device-lost', `${found.device}/lost`],
  ['device-revoke', `${found.device}/revoke`],
  ['assignments', '/assignments'],
  ['assignment', found.assignment],
  ['assignment-withdraw', `${found.assignment}/withdraw`],
  ['sync-health', '/sync-health'],
  ['sync-health-every', '/sync-health?state=every'],
  ['content', '/content'],
  ['release', found.release],
  ['release-withdraw', `${found.release}/withdraw`],
  ['sites', '/'],
  ['sites-today', '/?period=today'],
  ['site', site],
  ['site-yesterday', `${site}?period=yesterday`],
  ['assign', `/assign?to=${site.slice(1).replace('sites/', 'site/')}`],
  ['enrol', `${site}/enrol`],
  ['quarantine', '/quarantine'],
  ['missing', '/nothing/here'],
];
if (other) pages.push(['compare', `${compared}&b=${other}`], ['compare-all', `${compared}&b=${other}&show=all`]);
const action = await first_link('/actions?status=clash', '/actions/');
if (action) pages.push(['action', action]);
if (modules.length) pages.push(['training', modules[0]]);
check('an assigned module leads to who passed it', modules.length > 0);
for (const [n, run] of [...new Set(runs)].slice(0, 3).entries()) pages.push([`run-${n + 1}`, run]);
// A run with photos, and one of them whole.
for (const run of new Set(runs)) {
  await page.goto(new URL(run, BASE_URL).href);
  const whole = await page.locator('a[href*="/pictures/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  if (!whole.length) continue;
  const drawn = () => page.locator('main img').evaluateAll((all) => all.length > 0 && all.every((i) => i.complete && i.naturalWidth > 0));
  // What is folded away, and what is below, is fetched once it is looked at.
  await page.locator('main details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  for (const one of await page.locator('main img').all()) await one.scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  check('photos at a run are drawn', await drawn());
  await page.goto(new URL(whole[0], BASE_URL).href);
  check('a photo is drawn whole', await drawn());
  pages.push(['run-photos', run], ['picture', whole[0]]);
  break;
}
check('a run has photos', pages.some(([name]) => name === 'picture'));
await page.goto(new URL('/quarantine', BASE_URL).href);
const entry = await page.locator('a[href^="/quarantine/"]').first().getAttribute('href', { timeout: 1000 }).catch(() => null);
if (entry) pages.push(['quarantined', entry]);
if (ONLY) pages = pages.filter(([name]) => ONLY.split(',').includes(name));
const state = await first.storageState();

async function look(page, name, width) {
  // What was not yet scanned in this state; transitions would show half-way colours.
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${name} does not scroll sideways`, sideways <= 0, `${sideways} px at ${width}`);
  const text = await page.evaluate(() => document.body.innerText);
  check(`${name} has no text left unfilled`, !/\{[a-z]+\}|undefined|NaN/.test(text));
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, .button, .nav a, select, input:not([type=hidden])')]
      .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 24)
      .map((e) => e.textContent.trim()),
  );
  check(`${name} has no target below 24 px`, small.length === 0, small.join(', '));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const count = (impact) => violations.filter((v) => v.impact === impact).length;
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  console.log(
    `${name.padEnd(34)} axe: ${count('critical')} critical, ${count('serious')} serious, ${count('moderate')} moderate, ${count('minor')} minor`,
  );
  for (const v of violations) console.log(`    ${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
  check(`${name} has no serious violation`, bad.length === 0, bad.map((v) => v.id).join(', '));
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
}

for (const colorScheme of SCHEMES) {
  for (const width of WIDTHS) {
    const view = { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' };
    const stranger = await browser.newContext(view);
    const door = await stranger.newPage();
    await door.goto(new URL('/sign-in', BASE_URL).href);
    await look(door, `sign-in-${width}-${colorScheme}`, width);
    await stranger.close();

    const context = await browser.newContext({ ...view, storageState: state });
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && !/404/.test(m.text()) && refused.push(m.text()));
    for (const [name, path] of pages) {
      const response = await page.goto(new URL(path, BASE_URL).href);
      const expected = name === 'missing' ? 404 : 200;
      check(`${name} answers ${expected}`, response.status() === expected, String(response.status()));
      await look(page, `${name}-${width}-${colorScheme}`, width);
    }
    // A code is made once per size: the page that shows it exists only as an answer.
    await page.goto(new URL(`${site}/enrol`, BASE_URL).href);
    await page.getByLabel('Person').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Make a code' }).click();
    check('an enrolment code is shown', /^[A-Z0-9-]{6,}$/.test((await page.locator('.code').textContent()).trim()));
    check('and as a picture', await page.locator('.qr svg').isVisible());
    await look(page, `enrol-code-${width}-${colorScheme}`, width);
    // A form sent with a date in the past says what is wrong, at the field.
    await page.goto(new URL('/assign', BASE_URL).href);
    await page.getByLabel('What').selectOption({ index: 1 });
    await page.getByLabel('Who').selectOption({ index: 1 });
    await page.getByLabel('Date').fill('2020-01-01');
    await page.getByRole('button', { name: 'Assign' }).click();
    check('a due date in the past is refused', await page.getByRole('alert').isVisible());
    await look(page, `assign-wrong-${width}-${colorScheme}`, width);
    await context.close();
  }
}

// In Arabic, from right to left.
for (const width of WIDTHS) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, storageState: state, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'frontline-language', value: 'ar', url: BASE_URL }]);
  const page = await context.newPage();
  for (const [name, path] of pages) {
    await page.goto(new URL(path, BASE_URL).href);
    check(`${name} is turned round`, (await page.evaluate(() => document.documentElement.dir)) === 'rtl');
    await look(page, `${name}-${width}-ar`, width);
  }
  await context.close();
}

// Every list is saved as a file.
for (const list of ['people', 'devices', 'assignments', 'sync-health', 'content', 'quarantine']) {
  const file = await first.request.get(new URL(`/${list}.csv`, BASE_URL).href);
  const text = await file.text();
  check(`${list} is saved as a file`, file.ok() && text.startsWith('\ufeff') && text.trim().split('\r\n').length > (['sync-health', 'quarantine'].includes(list) ? 0 : 1), text.slice(0, 80));
}

// What a manager does, by the pages and the keyboard: adds somebody, gives them a role and ends it; withdraws
// what was assigned; names a device, and marks it as lost and found; assigns, and signs out.
const said = async (words) => (await page.getByRole('status').first().textContent()).includes(words);
await page.goto(new URL('/people/new', BASE_URL).href);
await page.getByLabel('Name', { exact: true }).fill('Ben \u202eLongname-'.padEnd(120, 'x'));
await page.getByLabel('Role', { exact: true }).selectOption('staff');
await page.getByLabel('Where', { exact: true }).selectOption({ index: 1 });
await page.getByLabel('Short name').fill('ben-longname');
await page.keyboard.press('Enter');
await page.waitForURL((url) => url.searchParams.has('done'));
check('somebody is added', await said('Added.'));
if (!ONLY) await look(page, 'person-long-name-1280-light', 1280);
await page.getByLabel('Role', { exact: true }).selectOption('supervisor');
await page.getByLabel('Where', { exact: true }).selectOption({ index: 1 });
await page.getByRole('button', { name: 'Give the role' }).click();
check('a role is given', await said('The role is given.'));
await page.getByRole('link', { name: /^End\s*: Shift lead/ }).click();
await page.getByRole('button', { name: 'End the role' }).click();
check('and ended', await said('The role has ended.'));
await page.goto(new URL(found.device, BASE_URL).href);
await page.getByLabel('Name', { exact: true }).fill('Front desk tablet');
await page.getByRole('button', { name: 'Rename' }).click();
check('a device is renamed', await said('new name'));
await page.getByRole('link', { name: 'Mark as lost' }).click();
await page.getByLabel('Reason', { exact: true }).fill('Left in a taxi');
await page.getByRole('button', { name: 'Mark as lost' }).click();
check('a device is marked as lost', await said('marked as lost'));
await page.getByRole('button', { name: 'It was found' }).click();
check('and found', await said('in use again'));
await page.goto(new URL(`${found.assignment}/withdraw`, BASE_URL).href);
await page.getByRole('button', { name: 'Withdraw' }).click();
check('an assignment is withdrawn', await said('withdrawn'));
await page.goto(new URL(`${found.release}/withdraw`, BASE_URL).href);
await page.getByRole('button', { name: 'Withdraw it' }).click();
check('content is withdrawn', await said('withdrawn'));
await page.goto(new URL('/assign', BASE_URL).href);
await page.getByLabel('What').selectOption({ index: 1 });
await page.getByLabel('Who').selectOption({ index: 1 });
await page.getByRole('button', { name: 'Assign' }).click();
await page.waitForURL((url) => url.searchParams.has('done'));
check('what was assigned is said', /^Assigned: /.test(await page.getByRole('status').first().textContent()));
await page.getByRole('button', { name: 'Sign out' }).click();
await page.goto(BASE_URL);
check('after signing out nothing is shown', new URL(page.url()).pathname === '/sign-in');
check('the policy refused nothing of ours', !refused.some((r) => /Content Security Policy/.test(r)), refused.join(' | '));

await browser.close();
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
