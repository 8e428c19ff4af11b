/** The server's own requests and notifications, as docs/protocol.md describes them. */

import { NotificationType, RequestType, type Location, type Range, type TextDocumentIdentifier, type Position } from 'vscode-languageclient/node';

export interface DocumentPosition {
  textDocument: TextDocumentIdentifier;
  position: Position;
}

/** One addressable place of the frame. */
export interface FrameSlot {
  id: string;
  name: string;
  kind: string;
  offset: number;
  size: number;
  type: string | null;
  reference: string | null;
  declaration: Location | null;
  uses: Range[];
}

export interface FrameLayout {
  function: string;
  goarch: string;
  goos: string;
  frameSize: number;
  argumentSize: number | null;
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
  reason: string | null;
  active: string | null;
  choices: string[];
  goos: string | null;
}

export const frameLayout = new RequestType<DocumentPosition, FrameLayout | null, void>('goAsm/frameLayout');
export const switchSource = new RequestType<DocumentPosition, { targets: SwitchTarget[] } | null, void>('goAsm/switchSource');
export const architecture = new RequestType<
  { textDocument: TextDocumentIdentifier; goarch?: string | null },
  Architecture,
  void
>('goAsm/architecture');
export const inactiveRegions = new NotificationType<{ uri: string; regions: Range[] }>('goAsm/inactiveRegions');
