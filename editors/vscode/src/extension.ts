/** The extension's start and end: finds the server, keeps it running, joins the parts. */

import * as vscode from 'vscode';
import { showArchitecturePicker } from './architecture';
import { GoAsmClient } from './client';
import { watchForGoAssembly } from './detect';
import { createEnvironment } from './environment';
import { FrameView } from './frameView';
import { InactiveRegions } from './inactiveRegions';
import { Status } from './status';
import { createStub, switchSource } from './commands';

let client: GoAsmClient | undefined;

/** What the tests of a running workbench can ask for. */
export interface Exports {
  serverProcess(): number | undefined;
}

export async function activate(context: vscode.ExtensionContext): Promise<Exports> {
  const log = vscode.window.createOutputChannel('Go Assembly', { log: true });
  const current = new GoAsmClient(context, log);
  client = current;
  const frames = new FrameView(context, current);
  context.subscriptions.push(
    log,
    current,
    watchForGoAssembly(),
    new Status(current),
    new InactiveRegions(current),
    frames,
    vscode.commands.registerCommand('goAsm.switchSource', () => switchSource(current)),
    vscode.commands.registerCommand('goAsm.showFrameLayout', () => {
      frames.show();
    }),
    vscode.commands.registerCommand('goAsm.createStub', () => createStub(current)),
    vscode.commands.registerCommand('goAsm.switchArchitecture', () => showArchitecturePicker(current)),
    vscode.commands.registerCommand('goAsm.restart', () => current.restart()),
    vscode.commands.registerCommand('goAsm.createEnvironment', async () => {
      if (await createEnvironment(context, log)) {
        await current.restart();
      }
    }),
    vscode.commands.registerCommand('goAsm.showOutput', () => {
      log.show();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => current.restart()),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration('goAsm.server') ? current.restart() : undefined,
    ),
  );
  await current.start();
  return { serverProcess: () => current.processId };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
