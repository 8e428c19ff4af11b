/** The commands that go from one file to another. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { GoAsmClient } from './client';
import { LANGUAGE } from './detect';
import { switchSource as switchSourceRequest, type SwitchTarget } from './protocol';

/** The kind under which the server offers to write a missing TEXT. */
const STUB_KIND = vscode.CodeActionKind.QuickFix.append('goAsm.createStub');

function isOurs(editor: vscode.TextEditor | undefined): editor is vscode.TextEditor {
  return editor !== undefined && ['go', LANGUAGE].includes(editor.document.languageId);
}

async function open(client: GoAsmClient, target: SwitchTarget): Promise<void> {
  const connection = client.connection;
  if (connection === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(connection.protocol2CodeConverter.asUri(target.uri));
  const range = connection.protocol2CodeConverter.asRange(target.range);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Goes from Go to its assembly and back; asks where there are several architectures. */
export async function switchSource(client: GoAsmClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const connection = client.connection;
  if (!isOurs(editor) || connection === undefined) {
    return;
  }
  const params = connection.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active);
  const answer = await connection.sendRequest(switchSourceRequest, params);
  const targets = answer?.targets ?? [];
  if (targets.length <= 1) {
    const [only] = targets;
    if (only === undefined) {
      void vscode.window.setStatusBarMessage('Go Assembly: this file has no counterpart.', 4000);
      return;
    }
    await open(client, only);
    return;
  }
  const choice = await vscode.window.showQuickPick(
    targets.map((target) => ({
      label: target.label,
      description: path.posix.basename(vscode.Uri.parse(target.uri).path),
      target,
    })),
    { title: 'Go to', placeHolder: 'The Go file or another architecture' },
  );
  if (choice !== undefined) {
    await open(client, choice.target);
  }
}

/** Applies the server's fix that writes the missing TEXT of the prototype under the cursor. */
export async function createStub(client: GoAsmClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!isOurs(editor) || client.connection === undefined) {
    return;
  }
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
    STUB_KIND.value,
    5,
  );
  const action = actions.find((candidate) => candidate.kind !== undefined && STUB_KIND.contains(candidate.kind));
  if (action?.edit === undefined) {
    void vscode.window.showInformationMessage('Go Assembly: no TEXT is missing for what the cursor is on.');
    return;
  }
  await vscode.workspace.applyEdit(action.edit);
  const [changed] = action.edit.entries();
  if (changed !== undefined) {
    await showInserted(...changed);
  }
}

/** Shows a file where text was just put into it, with the cursor below the new TEXT line. */
async function showInserted(uri: vscode.Uri, edits: vscode.TextEdit[]): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const begin = edits[0]?.range.start.line ?? 0;
  for (let line = begin; line < editor.document.lineCount; line++) {
    if (editor.document.lineAt(line).text.startsWith('TEXT')) {
      const below = new vscode.Position(Math.min(line + 1, editor.document.lineCount - 1), 0);
      editor.selection = new vscode.Selection(below, below);
      editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      return;
    }
  }
}
