/** The picker that switches the architecture of the current file. */

import * as vscode from 'vscode';
import type { GoAsmClient } from './client';
import { askArchitecture } from './status';

export async function showArchitecturePicker(client: GoAsmClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const found = document === undefined ? undefined : await askArchitecture(client, document);
  if (document === undefined || found === undefined) {
    return;
  }
  if (!found.applies) {
    void vscode.window.showInformationMessage(`Go Assembly: ${found.reason}`);
    return;
  }
  const automatic = { label: '$(sync) Automatic', description: 'by the file and the setting goAsm.goarch', goarch: 'auto' };
  const choices = found.choices.map((goarch) => ({
    label: `$(${goarch === found.active ? 'check' : 'blank'}) ${goarch}`,
    description: goarch === found.active ? 'in use' : '',
    goarch,
  }));
  const choice = await vscode.window.showQuickPick<vscode.QuickPickItem & { goarch: string }>([...choices, automatic], {
    title: 'Architecture for this file',
    placeHolder: 'Hover, frames and navigation answer for this GOARCH',
  });
  if (choice !== undefined) {
    await askArchitecture(client, document, choice.goarch);
  }
}
