/** The server's own requests and notifications, as docs/protocol.md describes them. */

import { NotificationType, RequestType, type Location, type Range, type TextDocumentIdentifier, type Position } from 'vscode-languageclient/node';

export interface DocumentPosition {
  textDocument: TextDocumentIdentifier;
  position: Position;
}

/** One place of the frame. */
export interface FrameSlot {
  id: string;
  name: string;
  kind: 'argument' | 'result' | 'linkage' | 'local' | 'padding';
  fromFP: number;
  fromSP: number;
  size: number;
  type: string | null;
  meaning: string;
  reference: string | null;
  declaration: Location | null;
  uses: Range[];
}

export interface FrameLayout {
  function: string;
  goarch: string;
  range: Range;
  selectionRange: Range;
  active: string | null;
  slots: FrameSlot[];
  svg: string;
}

export interface SwitchTarget {
  uri: string;
  range: Range;
  label: string;
  kind: 'go' | 'assembly';
  goarch: string | null;
}

/** Which architecture the server answers for in one document, and which it could. */
export interface Architecture {
  applies: boolean;
  reason: string;
  active: string | null;
  choices: string[];
  goos: string | null;
}

export const frameLayout = new RequestType<DocumentPosition, FrameLayout | null, void>('goAsm/frameLayout');
export const switchSource = new RequestType<DocumentPosition, { targets: SwitchTarget[] } | null, void>('goAsm/switchSource');
export const architecture = new RequestType<
  { textDocument: TextDocumentIdentifier; goarch?: string },
  Architecture,
  void
>('goAsm/architecture');
export const inactiveRegions = new NotificationType<{ uri: string; regions: Range[] }>('goAsm/inactiveRegions');
