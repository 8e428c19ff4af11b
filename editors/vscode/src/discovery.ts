/** Finds the server's program: the setting, then PATH, then the selected Python
 * interpreter's environment, then the extension's private environment.
 *
 * Nothing is executed to look. In a restricted workspace the interpreter is left out,
 * because a workspace can choose it.
 */

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

export const PROGRAM = process.platform === 'win32' ? 'go-asm-lsp.exe' : 'go-asm-lsp';
const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

export interface Server {
  command: string;
  args: string[];
  /** Where it was found, in words for the log and the status item. */
  origin: string;
}

/** Why there is no server, in words for the user. */
export interface NotFound {
  reason: string;
}

export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder of the environment that the extension makes for itself. */
export function privateEnvironment(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, 'environment');
}

export function programIn(environment: string): string {
  return path.join(environment, BIN, PROGRAM);
}

async function onPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    // An empty or relative entry would mean the folder that happens to be current.
    if (path.isAbsolute(folder) && (await isProgram(path.join(folder, PROGRAM)))) {
      return path.join(folder, PROGRAM);
    }
  }
  return undefined;
}

interface PythonExtension {
  environments?: { getActiveEnvironmentPath(resource?: vscode.Uri): { path: string } };
}

/** Answers the interpreter that the user selected in the Python extension, or in its setting. */
export async function selectedInterpreter(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (extension !== undefined) {
    const exported = extension.isActive ? extension.exports : await extension.activate();
    const active = exported.environments?.getActiveEnvironmentPath(folder).path;
    if (active !== undefined && path.isAbsolute(active)) {
      return active;
    }
  }
  const setting = vscode.workspace.getConfiguration('python', folder).get<string>('defaultInterpreterPath');
  const expanded = setting?.replace('${workspaceFolder}', folder?.fsPath ?? '');
  return expanded !== undefined && path.isAbsolute(expanded) ? expanded : undefined;
}

async function besideInterpreter(): Promise<string | undefined> {
  const interpreter = await selectedInterpreter();
  if (interpreter === undefined) {
    return undefined;
  }
  // The Python extension gives either the interpreter or its environment's folder.
  const places = [path.join(path.dirname(interpreter), PROGRAM), programIn(interpreter)];
  for (const place of places) {
    if (await isProgram(place)) {
      return place;
    }
  }
  return undefined;
}

export async function findServer(context: vscode.ExtensionContext): Promise<Server | NotFound> {
  const settings = vscode.workspace.getConfiguration('goAsm');
  const args = settings.get<string[]>('server.arguments', []);
  const chosen = settings.get<string>('server.path', '').trim();
  if (chosen !== '') {
    const command = chosen.replace(/^~(?=[/\\])/, process.env['HOME'] ?? process.env['USERPROFILE'] ?? '~');
    if (!path.isAbsolute(command)) {
      return { reason: `The setting goAsm.server.path is not an absolute path: ${chosen}` };
    }
    if (!(await isProgram(command))) {
      return { reason: `The setting goAsm.server.path names no program that can be started: ${command}` };
    }
    return { command, args, origin: 'the setting goAsm.server.path' };
  }
  const command = await onPath();
  if (command !== undefined) {
    return { command, args, origin: 'PATH' };
  }
  const python = vscode.workspace.isTrusted ? await besideInterpreter() : undefined;
  if (python !== undefined) {
    return { command: python, args, origin: 'the selected Python environment' };
  }
  const own = programIn(privateEnvironment(context));
  if (await isProgram(own)) {
    return { command: own, args, origin: "the extension's private environment" };
  }
  return { reason: 'go-asm-lsp is not on PATH and not in the selected Python environment.' };
}
