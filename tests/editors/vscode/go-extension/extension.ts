/** What the Go extension does beside ours: it claims every .s, and runs gopls for Go and assembly. */

import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('goStandIn');
  const command = settings.get<string>('gopls', '');
  if (command !== '') {
    const options = { env: { ...process.env, PATH: `${settings.get<string>('path', '')}:${process.env['PATH'] ?? ''}` } };
    const documentSelector = ['go', 'go.mod', 'go.asm'].map((language) => ({ language, scheme: 'file' }));
    client = new LanguageClient('goStandIn', 'gopls', { command, options }, { documentSelector });
    await client.start();
  }
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
