import { chromium } from 'playwright-core';
const [,, ...args] = process.argv; // name:path:width:scheme
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const c0 = await b.newContext(); const p0 = await c0.newPage();
await p0.goto('http://127.0.0.1:8123/sign-in'); await p0.getByLabel('E-mail').fill(process.env.EMAIL ?? 'helen@harbour.example'); await p0.getByLabel('Password').fill('correct horse battery staple'); await p0.keyboard.press('Enter'); await p0.waitForURL(u => u.pathname === '/');
const links = await p0.locator('article h2 a').evaluateAll(a => a.map(x => [x.textContent, x.getAttribute('href')])); console.log(links);
const state = await c0.storageState();
for (const a of args) { const [name, path, w, scheme, dir] = a.split('|'); const c = await b.newContext({ viewport: { width: +w, height: 800 }, colorScheme: scheme, storageState: state }); const p = await c.newPage(); const q = path.replace(/^site:(\w+)/, (_, n) => links.find(l => l[0].includes(n))[1]); await p.goto('http://127.0.0.1:8123' + q); if (dir) await p.evaluate(() => document.documentElement.dir = 'rtl'); await p.screenshot({ path: `/tmp/s-${name}.png`, fullPage: true }); await c.close(); }
await b.close();
