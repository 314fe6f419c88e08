// For whoever builds the dashboard: `node test/dashboard/shot.ts OUT.png 'page=requests&theme=light' [width] [height]` takes a picture of
// what serve.ts serves (PORT in the environment, 20190), and prints what the browser complained of.
import { chromium } from 'playwright-core';

const [out = 'shot.png', query = 'page=overview', width = '1200', height = '900'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: Number(width), height: Number(height) }, reducedMotion: 'reduce' });
page.on('console', (message) => console.log(message.type(), message.text()));
page.on('pageerror', (error) => console.log('error', error.message));
await page.goto(`http://127.0.0.1:${process.env.PORT ?? '20190'}/?${query}`);
await page.locator('main .page').first().waitFor();
await page.waitForTimeout(800);
await page.screenshot({ path: out });
await browser.close();
