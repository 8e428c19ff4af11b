/** The panel that draws the stack frame of the function under the cursor. */

import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import type { GoAsmClient } from './client';
import { LANGUAGE } from './detect';
import { frameLayout, type FrameLayout, type FrameSlot } from './protocol';
import { onDidSwitchArchitecture } from './status';

const VIEW_TYPE = 'goAsm.frameLayout';
/** The cursor rests this long before the picture follows it. */
const FOLLOW_DELAY_MS = 80;

type FromPanel = { type: 'ready' } | { type: 'select'; id: string };

export class FrameView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private timer: NodeJS.Timeout | undefined;
  private shown: { uri: vscode.Uri; layout: FrameLayout } | undefined;
  private asked = 0;
  /** What the page's policy admits: its own script, and the picture's style. */
  private readonly nonce = crypto.randomBytes(16).toString('base64');
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly client: GoAsmClient,
  ) {
    const follow = () => {
      this.follow();
    };
    this.subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.workspace.onDidChangeTextDocument(follow),
      client.onDidChangeState(follow),
      onDidSwitchArchitecture(follow),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel) => {
          this.adopt(panel);
          return Promise.resolve();
        },
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  show(): void {
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, true);
      this.follow();
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Frame Layout', place));
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'file-light.svg'),
      dark: vscode.Uri.joinPath(this.context.extensionUri, 'media', 'file-dark.svg'),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.context.extensionUri, 'media')],
    };
    panel.webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type === 'ready') {
        void this.draw();
      } else {
        void this.select(message.id);
      }
    });
    panel.onDidChangeViewState(() => {
      this.follow();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = undefined;
    });
    panel.webview.html = this.page(panel.webview);
  }

  private page(webview: vscode.Webview): string {
    const nonce = this.nonce;
    const media = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.context.extensionUri, 'media', name)).toString();
    const policy = `default-src 'none'; style-src ${webview.cspSource} 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${media('frame.css')}">
<title>Frame Layout</title>
</head>
<body>
<p id="message" role="status">Put the cursor into a function of a Go assembly file.</p>
<main id="picture"></main>
<script nonce="${nonce}" src="${media('frame.js')}"></script>
</body>
</html>`;
  }

  private follow(): void {
    if (this.panel?.visible !== true) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), FOLLOW_DELAY_MS);
  }

  /** Asks for the frame at the cursor and draws it; what another editor shows stays drawn. */
  private async draw(): Promise<void> {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find((visible) => visible.document.languageId === LANGUAGE);
    const connection = this.client.connection;
    if (connection === undefined) {
      await this.post({ type: 'message', text: 'The server is not running.' });
      return;
    }
    if (editor?.document.languageId !== LANGUAGE) {
      return;
    }
    const asked = ++this.asked;
    const params = connection.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active);
    let layout: FrameLayout | null;
    try {
      layout = await connection.sendRequest(frameLayout, params);
    } catch (error) {
      this.client.log.warn(`goAsm/frameLayout: ${String(error)}`);
      return;
    }
    if (asked !== this.asked) {
      return; // The cursor has moved on.
    }
    this.shown = layout === null ? undefined : { uri: editor.document.uri, layout };
    if (layout !== null && this.panel !== undefined) {
      this.panel.title = `Frame of ${layout.function}`;
    }
    await this.post(
      layout === null
        ? { type: 'message', text: 'The cursor is in no function.' }
        : { type: 'frame', svg: layout.svg.replaceAll('<style>', `<style nonce="${this.nonce}">`), active: layout.active },
    );
  }

  private async post(message: object): Promise<void> {
    await this.panel?.webview.postMessage(message);
  }

  /** Selects every use of a slot in the file, or goes to its Go declaration where it has none. */
  private async select(id: string): Promise<void> {
    const shown = this.shown;
    const slot = shown?.layout.slots.find((candidate) => candidate.id === id);
    const connection = this.client.connection;
    if (shown === undefined || slot === undefined || connection === undefined) {
      return;
    }
    const ranges = slot.uses.map((use) => connection.protocol2CodeConverter.asRange(use));
    const [first] = ranges;
    if (first !== undefined) {
      const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === shown.uri.toString());
      const editor = await vscode.window.showTextDocument(shown.uri, { viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One });
      editor.selections = ranges.map((range) => new vscode.Selection(range.start, range.end));
      editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    } else if (slot.declaration !== null) {
      const place = connection.protocol2CodeConverter.asLocation(slot.declaration);
      await vscode.window.showTextDocument(place.uri, { selection: place.range, viewColumn: vscode.ViewColumn.One });
    } else {
      await this.post({ type: 'announce', text: `${nameOf(slot)} is not used in this file.` });
    }
  }
}

function nameOf(slot: FrameSlot): string {
  return slot.reference ?? (slot.name === '' ? slot.meaning : slot.name);
}
