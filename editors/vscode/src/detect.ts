/** Decides whether an assembly file is Go's, by its text and the files beside it.
 *
 * Other dialects end in `.s` too, so the extension claims no file name; a document that is
 * recognised is given the language `go.asm`, which is also what the Go extension calls it.
 */

import * as vscode from 'vscode';

export const LANGUAGE = 'go.asm';

const GO = /^[ \t]*(?:TEXT|GLOBL|DATA)[ \t]+[^\n]*\(SB\)|^#include[ \t]+"(?:textflag|funcdata|go_asm|go_tls)\.h"|^\/\/go:build[ \t]|^\/\/[ \t]*\+build[ \t]/m;
const OTHER = /^[ \t]*(?:\.(?:globl|global|text|data|section|align|p2align|type|intel_syntax|cfi_\w+|file)\b|%(?:define|macro)\b|section[ \t]+\.)/m;
const HEAD = 64 * 1024;

/** Answers by text alone: yes, no, or undefined where it says nothing. */
export function dialectOf(text: string): boolean | undefined {
  const head = text.slice(0, HEAD);
  if (GO.test(head)) {
    return true;
  }
  return OTHER.test(head) ? false : undefined;
}

async function isBesideGo(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.Uri.joinPath(uri, '..');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.some(([name]) => name.endsWith('.go'));
  } catch {
    return false; // The folder cannot be read: then nothing is known.
  }
}

async function adopt(document: vscode.TextDocument): Promise<void> {
  if (document.languageId === LANGUAGE || document.uri.scheme !== 'file' || !document.uri.path.endsWith('.s')) {
    return;
  }
  if (dialectOf(document.getText()) ?? (await isBesideGo(document.uri))) {
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }
}

/** Watches documents as they are opened, those that are open already included. */
export function watchForGoAssembly(): vscode.Disposable {
  for (const document of vscode.workspace.textDocuments) {
    void adopt(document);
  }
  return vscode.workspace.onDidOpenTextDocument((document) => void adopt(document));
}
