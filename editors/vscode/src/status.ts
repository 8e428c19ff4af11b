/** The status item: which architecture the server answers for in this file, and whether it runs. */

import * as vscode from 'vscode';
import type { GoAsmClient } from './client';
import { LANGUAGE } from './detect';
import { architecture, type Architecture } from './protocol';

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('goAsm.status', vscode.StatusBarAlignment.Right, 90);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly client: GoAsmClient) {
    this.item.name = 'Go Assembly';
    const update = () => void this.update();
    this.subscriptions = [
      client.onDidChangeState(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidOpenTextDocument(update),
      vscode.workspace.onDidChangeConfiguration(update),
      onDidSwitchArchitecture(update),
    ];
    void this.update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, this.item).dispose();
  }

  private async update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE) {
      this.item.hide();
      return;
    }
    const state = this.client.state;
    this.item.backgroundColor = undefined;
    if (state.kind === 'starting') {
      this.show('$(loading~spin) Go asm', 'The server is starting.', 'goAsm.showOutput');
    } else if (state.kind === 'stopped') {
      this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
      this.show('$(warning) Go asm', `${state.reason}\n\nClick to start the server.`, 'goAsm.restart');
    } else {
      const found = await askArchitecture(this.client, document);
      if (vscode.window.activeTextEditor?.document === document && this.client.state === state) {
        this.showRunning(found, state.version, state.server.origin);
      }
    }
  }

  private showRunning(found: Architecture | undefined, version: string, origin: string): void {
    const server = `go-asm-lsp ${version}, from ${origin}`;
    const restricted = vscode.workspace.isTrusted ? '' : '\n\nRestricted workspace: no program is started.';
    if (found?.applies === true && found.active !== null) {
      const system = found.goos === null ? '' : `${found.goos}/`;
      const text = `GOARCH in use: ${system}${found.active}\n\n${server}${restricted}\n\nClick to switch the architecture for this file.`;
      this.show(`$(chip) ${found.active}`, text, 'goAsm.switchArchitecture');
    } else {
      const reason = found?.reason ?? 'The server does not answer.';
      this.show('$(circle-slash) Go asm', `${reason}\n\n${server}${restricted}`, 'goAsm.showOutput');
    }
  }

  private show(text: string, tooltip: string, command: string): void {
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.accessibilityInformation = { label: `Go Assembly: ${text.replace(/\$\([^)]*\)\s*/g, '')}` };
    this.item.command = command;
    this.item.show();
  }
}

const switched = new vscode.EventEmitter<vscode.Uri>();

/** Fires after the architecture of a document was switched. */
export const onDidSwitchArchitecture = switched.event;

/** Asks for, or with `goarch` sets, the architecture of a document; "auto" goes back to the server's choice. */
export async function askArchitecture(
  client: GoAsmClient,
  document: vscode.TextDocument,
  goarch?: string,
): Promise<Architecture | undefined> {
  const connection = client.connection;
  if (connection === undefined) {
    return undefined;
  }
  const textDocument = connection.code2ProtocolConverter.asTextDocumentIdentifier(document);
  try {
    const found = await connection.sendRequest(architecture, goarch === undefined ? { textDocument } : { textDocument, goarch });
    if (goarch !== undefined) {
      switched.fire(document.uri);
    }
    return found;
  } catch (error) {
    client.log.warn(`goAsm/architecture: ${String(error)}`);
    return undefined;
  }
}
