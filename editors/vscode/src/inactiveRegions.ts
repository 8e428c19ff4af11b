/** Dims the lines that `#ifdef` leaves out for the architecture in use. */

import * as vscode from 'vscode';
import type { GoAsmClient } from './client';
import { inactiveRegions } from './protocol';

export class InactiveRegions implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    opacity: '0.55',
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  private readonly regions = new Map<string, vscode.Range[]>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly client: GoAsmClient) {
    this.subscriptions = [
      client.onDidChangeState((state) => {
        if (state.kind === 'running') {
          this.listen();
        } else {
          this.regions.clear();
          this.paint();
        }
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.paint();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.regions.delete(document.uri.toString())),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, this.decoration).dispose();
  }

  private listen(): void {
    const connection = this.client.connection;
    connection?.onNotification(inactiveRegions, (params) => {
      const uri = connection.protocol2CodeConverter.asUri(params.uri);
      const ranges = params.regions.map((range) => wholeLines(connection.protocol2CodeConverter.asRange(range)));
      this.regions.set(uri.toString(), ranges);
      this.paint();
    });
  }

  private paint(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(this.decoration, this.regions.get(editor.document.uri.toString()) ?? []);
    }
  }
}

/** A region that ends at the start of a line does not reach into that line. */
function wholeLines(range: vscode.Range): vscode.Range {
  const { start, end } = range;
  return end.character === 0 && end.line > start.line ? new vscode.Range(start, new vscode.Position(end.line - 1, Number.MAX_SAFE_INTEGER)) : range;
}
