// A workbench in a browser, driven as a person would: by mouse, keyboard and what is on the screen.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser with a profile of its own; `close` ends it and removes the profile. */
export async function startBrowser(chromium, program, scratch, viewport = { width: 1280, height: 800 }) {
  const profile = fs.mkdtempSync(path.join(scratch, 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    viewport,
    args: BROWSER_ARGUMENTS,
  });
  context.setDefaultTimeout(30000);
  return {
    context,
    async close() {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}

export class Workbench {
  constructor(page, address, folder) {
    this.page = page;
    this.address = address;
    this.folder = folder;
  }

  /** Opens a folder with one file of it in an editor. */
  static async open(context, address, folder, file) {
    const page = await context.newPage();
    const workbench = new Workbench(page, address, folder);
    const encoded = encodeURI(path.join(folder, file)).replaceAll('#', '%23');
    const payload = JSON.stringify([['openFile', `vscode-remote://${address}${encoded}`]]);
    await page.goto(`http://${address}/?${new URLSearchParams({ folder, payload })}`);
    await page.waitForSelector('.editor-instance .view-line');
    return workbench;
  }

  /** Opens a file with several folders. */
  static async openWorkspace(context, address, workspace) {
    const page = await context.newPage();
    const workbench = new Workbench(page, address, path.dirname(workspace));
    const rows = page.locator('.explorer-folders-view .monaco-list-row');
    // Now and then code-server shows the workspace before it has read the file, as an empty one.
    await workbench.until('the folders of the workspace', async () => {
      await page.goto(`http://${address}/?${new URLSearchParams({ workspace })}`);
      return rows.first().waitFor({ timeout: 10000 }).then(() => true, () => false);
    }, 60000);
    return workbench;
  }

  /** Opens another file of the folder, or goes to its tab. */
  async openFile(name) {
    await this.page.keyboard.press('Control+p');
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor();
    await input.fill(name);
    await this.row(name).click();
    await this.pickerClosed();
    await this.tab(name);
  }

  /** The row of a picker with exactly this label. */
  row(label) {
    const exact = new RegExp(`^\\s*${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
    return this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.monaco-highlighted-label', { hasText: exact }) })
      .first();
  }

  /** Waits until `condition` answers something true, and answers that. */
  async until(what, condition, milliseconds = 20000) {
    const end = Date.now() + milliseconds;
    for (;;) {
      const answer = await condition();
      if (answer) {
        return answer;
      }
      assert(Date.now() < end, `waited in vain for ${what}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Where a text is on the screen, in the editor that has the focus or else any. */
  async place(text, { nth = 0, offset = 0 } = {}) {
    return this.until(`the text ${text}`, () =>
      this.page.evaluate(
        ([wanted, skip, into]) => {
          const active = document.querySelector('.editor-group-container.active .editor-instance');
          const lines = [...(active ?? document).querySelectorAll('.view-lines .view-line')].sort(
            (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
          );
          let left = skip;
          for (const line of lines) {
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            const nodes = [];
            let whole = '';
            while (walker.nextNode()) {
              nodes.push([walker.currentNode, whole.length]);
              whole += walker.currentNode.data.replaceAll('\u00a0', ' ');
            }
            const at = whole.indexOf(wanted);
            if (at < 0 || left-- > 0) {
              continue;
            }
            const position = at + into;
            const [node, start] = nodes.findLast(([, begin]) => begin <= position);
            const range = document.createRange();
            range.setStart(node, position - start);
            range.setEnd(node, position - start + 1);
            const box = range.getBoundingClientRect();
            const element = node.parentElement;
            return { x: box.x + box.width / 2, y: box.y + box.height / 2, line: whole, color: getComputedStyle(element).color };
          }
          return null;
        },
        [text, nth, offset],
      ),
    );
  }

  async hover(text, options) {
    const { x, y } = await this.place(text, options);
    await this.page.mouse.move(x - 60, y + 120);
    await this.page.mouse.move(x, y);
    await this.page.mouse.move(x + 1, y);
  }

  /** Hovers until the hover says something: one that is shown already does not change. */
  async awaitHover(text, options, content, milliseconds = 30000) {
    await this.until(
      `a hover with ${content}`,
      async () => {
        await this.hover(text, options);
        return this.hoverBox(content).waitFor({ timeout: 2000 }).then(() => true, () => false);
      },
      milliseconds,
    );
  }

  async click(text, options) {
    const { x, y } = await this.place(text, options);
    await this.page.mouse.click(x, y);
  }

  /** Selects the word under a text and types over it. */
  async replace(text, options, typed) {
    const { x, y } = await this.place(text, options);
    await this.page.mouse.dblclick(x, y);
    await this.page.keyboard.type(typed);
  }

  /** Runs a command from the palette. */
  async command(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.row(title).click();
  }

  /** Waits for a picker and answers what it lists. */
  async choices() {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((all) => all.map((row) => row.querySelector('.monaco-highlighted-label').textContent.trim()));
  }

  async choose(label) {
    await this.row(label).click();
    await this.pickerClosed();
  }

  /** The workbench leaves its picker's mode one timer tick after the picker is hidden. */
  async pickerClosed() {
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }

  /** The text at which the cursor is, as the status bar says it. */
  async cursor() {
    return this.page.evaluate(() => {
      const items = [...document.querySelectorAll('.statusbar-item')].map((item) => item.textContent.trim());
      return items.find((text) => /^Ln \d+/.test(text)) ?? '';
    });
  }

  async activeTab() {
    return this.page.locator('.editor-group-container.active .tab.active').first().getAttribute('data-resource-name');
  }

  async tab(name) {
    return this.until(`the tab ${name}`, async () => (await this.activeTab().catch(() => '')) === name);
  }

  /** Our status item's text. */
  async status() {
    return this.page.evaluate(() => {
      const item = document.querySelector('.statusbar-item[id*="goAsm.status"]');
      return item === null ? '' : item.textContent.trim();
    });
  }

  async awaitStatus(text) {
    await this.until(`the status ${text}`, async () => (await this.status()) === text);
  }

  /** The language the workbench takes the file for. */
  async language() {
    return this.page.locator('.statusbar-item[id="status.editor.mode"]').innerText();
  }

  notification(text) {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  async squiggles() {
    return this.page.locator('.squiggly-error, .squiggly-warning').count();
  }

  async awaitSquiggle() {
    await this.until('a squiggle', async () => (await this.squiggles()) > 0, 30000);
  }

  async awaitNoSquiggle() {
    await this.until('no squiggle', async () => (await this.squiggles()) === 0);
  }

  hoverBox(text) {
    return this.page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
  }

  /** The page inside our panel. */
  framePanel() {
    return this.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  }

  async screenshot(file) {
    await this.page.screenshot({ path: file });
  }

  async close() {
    await this.page.close();
  }
}

/** Process ids of a program below a process, by its command line. */
export function descendants(root, pattern) {
  const parents = new Map();
  const commands = new Map();
  for (const entry of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = fs.readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      commands.set(Number(entry), fs.readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      // The process has ended meanwhile.
    }
  }
  const isBelow = (id) => id === root || (parents.has(id) && parents.get(id) !== id && isBelow(parents.get(id)));
  return [...parents.keys()].filter((id) => isBelow(id) && pattern.test(commands.get(id) ?? ''));
}
