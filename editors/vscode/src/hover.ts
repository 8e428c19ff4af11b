/** Leaves out of our hover what another extension's hover says already.
 *
 * gopls shows the prototype and its comment for a symbol in assembly too, and the workbench
 * puts all hovers one below the other.
 */

import * as vscode from 'vscode';

type Next = (document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) => vscode.ProviderResult<vscode.Hover>;

/** Places where the other hovers are being asked for; ours stays silent there. */
const asking = new Set<string>();

function textOf(content: vscode.Hover['contents'][number]): string {
  return content instanceof vscode.MarkdownString ? content.value : '';
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Drops the blocks at the beginning that occur in the other text, the first that does not and all after it stay. */
function withoutRepeated(ours: string, others: string): string {
  const said = words(others);
  // A fenced block may hold empty lines, so it is taken whole.
  const blocks = ours.match(/```[^]*?```|(?:(?!```)[^\n]*\S[^\n]*\n?)+/g) ?? [];
  const left = blocks.findIndex((block) => !said.includes(words(block)));
  return left <= 0 ? ours : ours.slice(ours.indexOf(blocks[left] ?? ''));
}

export async function provideHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
  next: Next,
): Promise<vscode.Hover | null | undefined> {
  const place = `${document.uri.toString()} ${position.line}:${position.character}`;
  if (asking.has(place)) {
    return undefined;
  }
  asking.add(place);
  try {
    const others = vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    const [ours, theirs] = await Promise.all([next(document, position, token), others]);
    const said = theirs.flatMap((hover) => hover.contents.map(textOf)).join('\n');
    if (ours === null || ours === undefined || said === '') {
      return ours;
    }
    ours.contents = ours.contents.map((content) => {
      if (!(content instanceof vscode.MarkdownString)) {
        return content;
      }
      return new vscode.MarkdownString(withoutRepeated(content.value, said), content.supportThemeIcons);
    });
    return ours;
  } finally {
    asking.delete(place);
  }
}
