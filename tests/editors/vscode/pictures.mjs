// usage: node pictures.mjs CONFIGURATION-JSON   takes the pictures of the documentation
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench, startBrowser } from './workbench.mjs';

const configuration = JSON.parse(process.argv[2]);
const require = createRequire(path.join(configuration.playwright, 'package.json'));
const { chromium } = require('playwright-core');
const size = { width: 1120, height: 640 };

const browser = await startBrowser(chromium, configuration.chromium, configuration.scratch, size);
const w = await Workbench.open(browser.context, configuration.address, configuration.folder, 'vector/vector_amd64.s');
const source = fs.readFileSync(path.join(configuration.folder, 'vector/vector_amd64.s'), 'utf8');
const walk = [];

/** Puts the cursor into the nth line that holds a text, as it was when the file was opened. */
async function goTo(text, nth = 0) {
  const lines = source.split('\n');
  const line = lines.flatMap((each, index) => (each.includes(text) ? [index] : []))[nth];
  // The workbench counts a tab as the columns it takes.
  const before = lines[line].slice(0, lines[line].indexOf(text)).replaceAll('\t', ' '.repeat(4));
  await goToPlace(`${line + 1}:${before.length + 2}`);
}

async function goToPlace(place) {
  await w.page.keyboard.press('Control+g');
  const input = w.page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor();
  await input.fill(`:${place}`);
  await w.page.keyboard.press('Enter');
  await w.pickerClosed();
  await w.page.waitForTimeout(300);
}

/** Takes one picture of the walk, shown for so long. */
async function step(milliseconds) {
  const file = path.join(configuration.scratch, `step-${walk.length}.png`);
  await w.screenshot(file);
  walk.push({ file, milliseconds });
}

async function keep(name) {
  await w.screenshot(path.join(configuration.output, `vscode-${name}.png`));
}

await w.awaitStatus('amd64');
await w.page.keyboard.press('Control+b'); // without the side bar
await goTo('ret+24(FP)');
await w.awaitSquiggle();
await w.page.mouse.move(900, 600);
await step(1500);

await w.hover('ret+24', { offset: 2 });
await w.hoverBox('uint64 is 8-byte value').waitFor();
await w.page.waitForTimeout(500);
await step(2500);
await w.page.keyboard.press('Escape');
await w.page.mouse.move(900, 600);
await w.page.keyboard.press('Control+.');
await w.page.locator('.action-widget .action-item, .action-widget .monaco-list-row').first().waitFor();
await w.page.waitForTimeout(500);
await keep('diagnostic');
await step(2200);
await w.page.keyboard.press('Enter');
await w.place('MOVQ AX, ret+24(FP)');
await w.page.waitForTimeout(800);
await step(1800);

await goTo('Measure(SB)');
await w.hover('Measure(SB)', { offset: 2 });
await w.hoverBox('stats Stats').waitFor();
await w.page.waitForTimeout(600);
await keep('hover');
await step(3500);
await w.page.keyboard.press('Escape');
await w.page.mouse.move(900, 600);

await goTo('Measure(SB)');
await w.page.keyboard.press('F12');
await w.tab('vector_asm.go');
await w.page.waitForTimeout(600);
await step(2200);
await w.page.keyboard.press('Alt+o');
await w.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
await w.page.waitForTimeout(300);
await step(2000);
await w.choose('amd64');
await w.tab('vector_amd64.s');

await goTo('negative-8(SP)');
await w.command('Go Assembly: Show Frame Layout');
const panel = w.framePanel();
await panel.locator('.slot.marked', { hasText: 'negative-8(SP)' }).waitFor();
await w.page.waitForTimeout(600);
await keep('frame');
await step(2500);
for (const text of ['stats_Count+24', 'stats_Sum+32', 'stats_Negative+36']) {
  await goTo(text);
  await w.page.waitForTimeout(500);
  await step(1600);
}
await panel.locator('.slot', { hasText: 'negative-8(SP)' }).click();
await w.page.waitForTimeout(700);
await step(3000);

await browser.close();
console.log(JSON.stringify(walk));
