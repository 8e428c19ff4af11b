// What a user of VS Code does. Each scenario gets a fresh copy of the package in `folder`.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { descendants } from './workbench.mjs';

const WRONG = 'invalid offset start+16(FP); expected start+24(FP)';

function writeSettings(folder, settings) {
  fs.mkdirSync(path.join(folder, '.vscode'));
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

export const scenarios = {
  async diagnostics({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.awaitHover('start+16', { offset: 2 }, WRONG);
    await w.page.keyboard.press('Escape');
    await w.replace('start+16', { offset: 7 }, '24');
    await w.awaitNoSquiggle();
    return w;
  },

  async hover({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    const prototype = 'func Sum(xs []int64, start int64) (total int64)';
    await w.awaitHover('Sum(SB)', { offset: 1 }, prototype);
    const text = await w.hoverBox(prototype).innerText();
    assert.match(text, /start\+24\(FP\)/);
    assert.match(text, /Sum adds the elements/);
    return w;
  },

  async definition({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('Sum(SB)', { offset: 1 });
    await w.page.keyboard.press('F12');
    await w.tab('kernel.go');
    await w.until('the prototype', async () => /^Ln 5, Col 6/.test(await w.cursor()));
    await w.page.keyboard.press('F12');
    // Two architectures: the places are peeked at.
    const peek = w.page.locator('.peekview-widget, .zone-widget');
    await peek.first().waitFor();
    await w.until('both places', async () => /sum_amd64\.s[^]*sum_arm64\.s/.test(await peek.first().innerText()));
    return w;
  },

  async quickFix({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('start+16', { offset: 2 });
    await w.page.keyboard.press('Control+.');
    const action = w.page.locator('.action-widget .action-item, .action-widget .monaco-list-row', { hasText: 'Use start+24(FP)' });
    await action.first().waitFor();
    await w.screenshot(w.picture('quickFix-menu'));
    await w.page.keyboard.press('Enter');
    await w.place('start+24(FP)');
    await w.awaitNoSquiggle();
    return w;
  },

  async framePanel({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('start+16', { offset: 2 });
    await w.command('Go Assembly: Show Frame Layout');
    const panel = w.framePanel();
    await panel.locator('.slot.result', { hasText: 'total+32(FP)' }).waitFor();
    const marked = panel.locator('.slot.marked');
    // The panel follows the cursor.
    await w.click('xs_len+8', { offset: 2 });
    await w.until('the marked slot to follow', async () => /xs_len\+8\(FP\)/.test(await marked.first().textContent().catch(() => '')));
    await w.click('saved-8', { offset: 2 });
    await w.until('the local to be marked', async () => /saved-8\(SP\)/.test(await marked.first().textContent().catch(() => '')));
    // A click on a slot selects its uses.
    await panel.locator('.slot', { hasText: 'xs_base+0(FP)' }).click();
    await w.until('the use to be selected', async () => /^Ln 5, Col .*\(1\d selected\)/.test(await w.cursor()));
    // By keyboard: from the marked slot upwards, Enter chooses.
    await panel.locator('.slot[tabindex="0"]').focus();
    await w.page.keyboard.press('Home');
    const top = await panel.locator('.slot:focus').textContent();
    assert.match(top, /total\+32/);
    await w.page.keyboard.press('Enter');
    await w.until('the result to be selected', async () => /^Ln 19, /.test(await w.cursor()));
    await w.until('the result to be marked', async () => /total\+32/.test(await marked.first().textContent().catch(() => '')));
    // Nothing was refused by the page's policy.
    assert.deepEqual(w.refused, []);
    return w;
  },

  async themes({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('start+16', { offset: 2 });
    await w.command('Go Assembly: Show Frame Layout');
    const box = w.framePanel().locator('.slot.argument .box').first();
    const seen = new Set();
    const themes = { light: 'Light+', dark: 'Dark+', 'high-contrast': 'Dark High Contrast', 'high-contrast-light': 'Light High Contrast' };
    for (const [name, theme] of Object.entries(themes)) {
      await w.command('Preferences: Color Theme');
      await w.page.locator('.quick-input-widget input[type=text]').first().fill(theme);
      await w.choose(theme);
      await w.page.waitForTimeout(500);
      const colours = await box.evaluate((element) => {
        const style = getComputedStyle(element);
        const ink = getComputedStyle(element.ownerSVGElement.querySelector('text')).fill;
        return [style.fill, style.fillOpacity, style.stroke, ink].join(' ');
      });
      seen.add(colours);
      await w.screenshot(w.picture(`theme-${name}`));
    }
    assert.equal(seen.size, 4, [...seen].join('\n'));
    return w;
  },

  async colours({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    const colourOf = async (text, offset = 0) => (await w.place(text, { offset })).color;
    const plain = await colourOf(', AX');
    const colours = {
      comment: await colourOf('// func', 3),
      directive: await colourOf('TEXT ·'),
      symbol: await colourOf('·Sum', 1),
      mnemonic: await colourOf('MOVQ'),
      slot: await colourOf('xs_base'),
      register: await colourOf('SI'),
      number: await colourOf('$8', 1),
      include: await colourOf('#include'),
    };
    for (const [kind, colour] of Object.entries(colours)) {
      assert.notEqual(colour, plain, `${kind} has a colour of its own`);
    }
    assert.ok(new Set(Object.values(colours)).size >= 5, JSON.stringify(colours));
    return w;
  },

  async architecture({ open }) {
    const w = await open.file('width.s');
    await w.awaitStatus('amd64');
    const opacity = async (text) =>
      w.page.evaluate((wanted) => {
        const line = [...document.querySelectorAll('.view-line')].find((each) => each.textContent.replaceAll('\u00a0', ' ').includes(wanted));
        const spans = [...line.querySelectorAll('span')];
        return Math.min(...spans.map((span) => Number(getComputedStyle(span).opacity)));
      }, text);
    await w.until('arm64 to be dimmed', async () => (await opacity('MOVD R0')) < 1 && (await opacity('MOVQ $4')) === 1);
    assert.equal(await opacity('#endif'), 1);
    await w.page.locator('.statusbar-item[id*="goAsm.status"]').click();
    assert.deepEqual(await w.choices(), ['amd64', 'arm64', 'Automatic']);
    await w.choose('arm64');
    await w.awaitStatus('arm64');
    await w.until('amd64 to be dimmed', async () => (await opacity('MOVQ $4')) < 1 && (await opacity('MOVD R0')) === 1);
    return w;
  },

  async unsavedPrototype({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.openFile('kernel.go');
    const start = await w.place('start int64) (total', { offset: 7 });
    await w.page.mouse.dblclick(start.x, start.y);
    await w.page.keyboard.type('int32');
    await w.place('start int32) (total');
    await w.openFile('sum_amd64.s');
    await w.replace('start+16', { offset: 7 }, '24');
    await w.awaitHover('start+24', { offset: 2 }, 'invalid MOVQ of start+24(FP); int32 is 4-byte value');
    // Settings without autosave: the file on disk still has the old prototype.
    assert.match(fs.readFileSync(path.join(w.folder, 'kernel.go'), 'utf8'), /start int64/);
    return w;
  },

  async crash({ open, codeServer }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    const pids = () => descendants(codeServer, /\/go-asm-lsp(\s|$)/);
    const [first] = pids();
    assert.ok(first, 'the server runs below code-server');
    process.kill(first, 'SIGKILL');
    await w.until('another server', () => pids().some((pid) => pid !== first));
    await w.replace('start+16', { offset: 7 }, '24');
    await w.awaitNoSquiggle();
    await w.replace('start+24', { offset: 7 }, '17');
    await w.awaitSquiggle();
    // And once more by command.
    const [second] = pids();
    await w.command('Go Assembly: Restart the Server');
    await w.until('a third server', () => pids().some((pid) => pid !== second) && !pids().includes(second));
    await w.awaitStatus('amd64');
    return w;
  },

  async switchSource({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('Sum(SB)', { offset: 1 });
    await w.page.keyboard.press('Alt+o');
    assert.equal((await w.choices()).length, 2);
    await w.choose('Go');
    await w.tab('kernel.go');
    await w.page.keyboard.press('Alt+o');
    await w.choose('arm64');
    await w.tab('sum_arm64.s');
    return w;
  },

  async createStub({ open }) {
    const w = await open.file('sum_amd64.s');
    await w.awaitStatus('amd64');
    await w.openFile('kernel.go');
    await w.click('Scale(dst', { offset: 1 });
    await w.command('Go Assembly: Create the Missing TEXT Stub');
    await w.until('a TEXT for Scale', async () => {
      const text = await w.page.evaluate(() => [...document.querySelectorAll('.view-line')].map((line) => line.textContent.replaceAll('\u00a0', ' ')).join('\n'));
      return text.includes('TEXT ·Scale(SB)');
    });
    await w.tab('sum_amd64.s');
    await w.until('the cursor in the new function', async () => /^Ln 2\d, Col 1$/.test(await w.cursor()));
    return w;
  },

  async otherDialect({ open }) {
    const w = await open.file('gnu/start.s');
    await w.page.waitForTimeout(1500);
    assert.equal(await w.squiggles(), 0);
    assert.ok(['', 'Go asm'].includes(await w.status()), await w.status());
    return w;
  },

  async oddPath({ open, folder }) {
    const odd = path.join(path.dirname(folder), 'go asm #1 %41 é');
    fs.renameSync(folder, odd);
    const w = await open.in(odd, 'sum_amd64.s');
    await w.awaitSquiggle();
    await w.click('Sum(SB)', { offset: 1 });
    await w.page.keyboard.press('F12');
    await w.tab('kernel.go');
    return w;
  },

  async besideGopls({ open, folder, gopls, goPath }) {
    writeSettings(folder, { 'goStandIn.gopls': gopls, 'goStandIn.path': goPath });
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.openFile('kernel.go');
    // gopls answers hover in Go; nothing of ours stands beside it.
    await w.awaitHover('Sum(xs', { offset: 1 }, 'func Sum', 60000);
    const hovers = await w.hoverBox('func Sum').innerText();
    assert.equal(hovers.split('func Sum').length, 2, hovers);
    await w.screenshot(w.picture('gopls-hover-go'));
    await w.page.keyboard.press('Escape');
    assert.equal(await w.squiggles(), 0);
    // The definition of a prototype names each place once.
    await w.click('Sum(xs', { offset: 1 });
    await w.page.keyboard.press('F12');
    const peek = w.page.locator('.peekview-widget, .zone-widget').first();
    await peek.waitFor();
    const title = await w.until('the list', async () => (await peek.innerText()).includes('sum_arm64.s') && peek.innerText());
    assert.match(title, /Definitions \(2\)/);
    await w.screenshot(w.picture('gopls-definition'));
    await w.page.keyboard.press('Escape');
    // In assembly both may hover; the prototype is said once.
    await w.openFile('sum_amd64.s');
    await w.awaitSquiggle();
    await w.awaitHover('Sum(SB)', { offset: 1 }, 'start+24(FP)');
    await w.page.waitForTimeout(1500);
    const both = await w.hoverBox('start+24(FP)').innerText();
    await w.screenshot(w.picture('gopls-hover-assembly'));
    assert.equal(both.split('func Sum(').length, 2, both);
    await w.page.keyboard.press('Escape');
    await w.click('Sum(SB)', { offset: 1 });
    await w.page.keyboard.press('F12');
    await w.tab('kernel.go');
    return w;
  },

  async multiRoot({ open, folder }) {
    const second = path.join(path.dirname(folder), 'second');
    fs.cpSync(folder, second, { recursive: true });
    const workspace = path.join(path.dirname(folder), 'both.code-workspace');
    fs.writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'kernel' }, { path: 'second' }] }));
    const w = await open.workspace(workspace);
    for (const name of ['kernel', 'second']) {
      const input = w.page.locator('.quick-input-widget input[type=text]').first();
      // The workbench takes keys a moment after it is drawn.
      await w.until('the picker', async () => {
        await w.page.keyboard.press('Control+p');
        return input.waitFor({ timeout: 2000 }).then(() => true, () => false);
      });
      await input.fill('sum_amd64.s');
      await w.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      await w.pickerClosed();
      await w.awaitSquiggle();
      await w.awaitStatus('amd64');
      await w.click('Sum(SB)', { offset: 1 });
      await w.page.keyboard.press('F12');
      await w.until(`the Go file of ${name}`, async () => (await w.activeTab()) === 'kernel.go' && (await w.page.locator('.monaco-breadcrumbs').first().innerText()).includes(name));
      await w.command('View: Close All Editors');
    }
    return w;
  },

  async serverFromSetting({ open, folder, server }) {
    writeSettings(folder, { 'goAsm.server.path': server });
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.page.locator('.statusbar-item[id*="goAsm.status"]').hover();
    await w.hoverBox('from the setting goAsm.server.path').waitFor();
    return w;
  },

  async serverFromPython({ open, folder, server }) {
    writeSettings(folder, { 'python.defaultInterpreterPath': path.join(path.dirname(server), 'python') });
    const w = await open.file('sum_amd64.s');
    await w.awaitSquiggle();
    await w.page.locator('.statusbar-item[id*="goAsm.status"]').hover();
    await w.hoverBox('from the selected Python environment').waitFor();
    return w;
  },

  async wrongPath({ open, folder }) {
    writeSettings(folder, { 'goAsm.server.path': '/nonexistent/go-asm-lsp' });
    const w = await open.file('sum_amd64.s');
    await w.notification('names no program that can be started: /nonexistent/go-asm-lsp').waitFor();
    await w.awaitStatus('Go asm');
    return w;
  },

  // Without the Go extension, which claims every .s: the text decides.
  async detection({ open, folder, server }) {
    writeSettings(folder, { 'goAsm.server.path': server });
    const w = await open.file('width.s');
    await w.until('the language', async () => (await w.language()) === 'Go Assembly');
    await w.awaitStatus('amd64');
    await w.openFile('start.s');
    await w.page.waitForTimeout(1000);
    assert.equal(await w.language(), 'Plain Text');
    return w;
  },

  async firstRun({ open, codeServer }) {
    const w = await open.file('sum_amd64.s');
    const note = w.notification('Go Assembly needs its server');
    await note.waitFor();
    await w.screenshot(w.picture('firstRun-offer'));
    await note.getByText('Install in a Private Environment').click();
    await w.until('the server of the private environment', () => descendants(codeServer, /environment\/bin\/go-asm-lsp/).length > 0, 120000);
    await w.awaitSquiggle();
    await w.awaitStatus('amd64');
    return w;
  },

  async restricted({ open, folder, codeServer }) {
    const trap = path.join(folder, 'trap');
    fs.writeFileSync(trap, `#!/bin/sh\ntouch "${folder}/sprung"\n`, { mode: 0o755 });
    writeSettings(folder, { 'goAsm.server.path': trap, 'python.defaultInterpreterPath': trap });
    const w = await open.file('sum_amd64.s');
    await w.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await w.awaitSquiggle();
    await w.awaitStatus('amd64');
    assert.equal(descendants(codeServer, /\/go-asm-lsp(\s|$)/).length, 1);
    assert.ok(!fs.existsSync(path.join(folder, 'sprung')), "the workspace's program was started");
    await w.page.locator('.statusbar-item[id*="goAsm.status"]').hover();
    await w.hoverBox('Restricted workspace').waitFor();
    return w;
  },
};
