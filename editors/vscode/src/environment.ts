/** Makes the private Python environment and installs the server from the bundled wheel into it. */

import { spawn } from 'node:child_process';
import { readdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { PROGRAM, isProgram, privateEnvironment, programIn, selectedInterpreter } from './discovery';

const OLDEST = [3, 10] as const;

/** What went wrong, with what the program that failed printed last. */
class InstallError extends Error {
  constructor(
    message: string,
    readonly output = '',
  ) {
    super(message);
  }
}

type Log = vscode.LogOutputChannel;

/** Runs a program without a shell, its output going to the log; answers what it printed. */
function execute(command: string, args: string[], log: Log, cancel: vscode.CancellationToken): Promise<string> {
  log.info(`$ ${[command, ...args].join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let printed = '';
    const keep = (chunk: Buffer) => {
      printed += chunk.toString();
      log.info(chunk.toString().trimEnd());
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const stop = cancel.onCancellationRequested(() => child.kill());
    child.on('error', (error) => {
      stop.dispose();
      reject(new InstallError(`${command} cannot be started: ${error.message}`));
    });
    child.on('close', (code) => {
      stop.dispose();
      if (cancel.isCancellationRequested) {
        reject(new InstallError('cancelled'));
      } else if (code === 0) {
        resolve(printed);
      } else {
        reject(new InstallError(`${path.basename(command)} ${args[0] ?? ''} ended with exit code ${code ?? 'none'}`, printed));
      }
    });
  });
}

/** Finds a Python that is new enough, the selected one first. */
async function findPython(log: Log, cancel: vscode.CancellationToken): Promise<string> {
  const selected = await selectedInterpreter();
  const names = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];
  const seen: string[] = [];
  for (const candidate of selected === undefined ? names : [selected, ...names]) {
    try {
      const version = (await execute(candidate, ['-c', 'import sys; print(*sys.version_info[:2])'], log, cancel)).trim();
      const [major = 0, minor = 0] = version.split(' ').map(Number);
      if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
        return candidate;
      }
      seen.push(`${candidate} is Python ${major}.${minor}`);
    } catch (error) {
      if (cancel.isCancellationRequested) {
        throw error;
      }
    }
  }
  const found = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new InstallError(`No Python ${OLDEST.join('.')} or newer was found${found}. Install one, or choose an interpreter in the Python extension.`);
}

/** The last line of pip's or Python's output that names the cause. */
function cause(error: InstallError): string {
  const lines = error.output.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.findLast((line) => /error|cannot|no module|not found/i.test(line)) ?? lines.at(-1) ?? '';
}

/** Installs the bundled wheel that fits this platform; what it needs comes from the index that pip is set up for. */
async function installWheel(python: string, wheels: string[], log: Log, cancel: vscode.CancellationToken): Promise<void> {
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--prefer-binary'];
  for (const wheel of wheels) {
    try {
      await execute(python, [...pip, wheel], log, cancel);
      return;
    } catch (error) {
      if (!(error instanceof InstallError && error.output.includes('is not a supported wheel on this platform'))) {
        throw error;
      }
    }
  }
  throw new InstallError('The server in this package is for another platform. Install it from the repository with pip, and the extension finds it.');
}

async function install(context: vscode.ExtensionContext, log: Log, progress: vscode.Progress<{ message: string }>, cancel: vscode.CancellationToken): Promise<void> {
  const wheels = context.asAbsolutePath('server');
  const bundled = (await readdir(wheels).catch(() => [])).filter((name) => name.endsWith('.whl'));
  if (bundled.length === 0) {
    throw new InstallError('This build of the extension carries no server. Install it from the repository with pip, and the extension finds it.');
  }
  progress.report({ message: 'looking for Python' });
  const python = await findPython(log, cancel);
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  const environment = privateEnvironment(context);
  // A virtual environment holds absolute paths, so it is made in place; the old one is kept until the new one works.
  const previous = `${environment}.previous`;
  await rm(previous, { recursive: true, force: true });
  await rename(environment, previous).catch(() => undefined);
  try {
    progress.report({ message: 'creating the environment' });
    await execute(python, ['-m', 'venv', environment], log, cancel);
    progress.report({ message: 'installing the server' });
    const inside = path.join(path.dirname(programIn(environment)), process.platform === 'win32' ? 'python.exe' : 'python');
    await installWheel(inside, bundled.map((name) => path.join(wheels, name)), log, cancel);
    if (!(await isProgram(programIn(environment)))) {
      throw new InstallError(`pip installed no program named ${PROGRAM}`);
    }
  } catch (error) {
    await rm(environment, { recursive: true, force: true });
    await rename(previous, environment).catch(() => undefined);
    throw error;
  }
  await rm(previous, { recursive: true, force: true });
}

/** Installs with a progress notification; answers whether there is a server now. */
export async function createEnvironment(context: vscode.ExtensionContext, log: Log): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Go Assembly installs nothing in a restricted workspace. Trust the workspace first.');
    return false;
  }
  const options = { location: vscode.ProgressLocation.Notification, title: 'Go Assembly', cancellable: true };
  try {
    await vscode.window.withProgress(options, (progress, cancel) => install(context, log, progress, cancel));
    return true;
  } catch (error) {
    const failure = error instanceof InstallError ? error : new InstallError(String(error));
    if (failure.message === 'cancelled') {
      return false;
    }
    log.error(failure.message);
    const detail = failure.output === '' ? '' : `: ${cause(failure)}`;
    const choice = await vscode.window.showErrorMessage(`Go Assembly could not install its server. ${failure.message}${detail}`, 'Show Output', 'Try Again');
    if (choice === 'Show Output') {
      log.show();
    }
    return choice === 'Try Again' ? createEnvironment(context, log) : false;
  }
}
