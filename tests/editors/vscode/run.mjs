// usage: node run.mjs CONFIGURATION-JSON SCENARIO...   prints one line of JSON for each scenario
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { scenarios } from './scenarios.mjs';
import { Workbench, startBrowser } from './workbench.mjs';

const [configurationText, ...names] = process.argv.slice(2);
const configuration = JSON.parse(configurationText);
const require = createRequire(path.join(configuration.playwright, 'package.json'));
const { chromium } = require('playwright-core');

const browser = await startBrowser(chromium, configuration.chromium, configuration.scratch);
for (const name of names) {
  const begin = Date.now();
  const folder = path.join(configuration.scratch, name, 'kernel');
  fs.cpSync(configuration.package, folder, { recursive: true });
  const picture = (part) => path.join(configuration.output, `${part}.png`);
  let current;
  const begun = (workbench) => {
    current = workbench;
    current.picture = picture;
    current.refused = [];
    current.page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text()) && /webview|frame\.(js|css)|nonce/i.test(message.text() + message.location().url)) {
        current.refused.push(message.text());
      }
    });
    return current;
  };
  const open = {
    in: async (where, file) => begun(await Workbench.open(browser.context, configuration.address, where, file)),
    file: (file) => open.in(folder, file),
    workspace: async (file) => begun(await Workbench.openWorkspace(browser.context, configuration.address, file)),
  };
  let failure = null;
  try {
    await scenarios[name]({ open, folder, ...configuration });
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  await current?.screenshot(picture(failure === null ? name : `${name}-failed`)).catch(() => undefined);
  await current?.close().catch(() => undefined);
  console.log(JSON.stringify({ scenario: name, failure, seconds: (Date.now() - begin) / 1000 }));
}
await browser.close();
