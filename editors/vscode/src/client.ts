/** The connection to the server: starting it, its settings, and what happens when it ends. */

import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type ErrorHandler,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { LANGUAGE } from './detect';
import { findServer, type Server } from './discovery';
import { provideHover } from './hover';

/** More ends than this within the time below, and the server is not started again by itself. */
const RESTARTS = 4;
const RESTART_WINDOW_MS = 3 * 60 * 1000;

/** Settings that the extension reads itself; the server does not know them. */
const CLIENT_SETTINGS = ['server'];

export type ServerState = { kind: 'starting' } | { kind: 'running'; server: Server; version: string } | { kind: 'stopped'; reason: string };

/** Tells the server that this client shows inactive regions. */
const announceInactiveRegions: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    capabilities.experimental = { ...experimental, goAsm: { inactiveRegions: true } };
  },
  initialize() {
    // Nothing to set up: the notification's handler is its own part.
  },
  getState() {
    return { kind: 'static' };
  },
  clear() {
    // Nothing is kept.
  },
};

/** Answers the settings as the server is to see them. */
function serverSettings(scope?: vscode.Uri): Record<string, unknown> {
  const all = vscode.workspace.getConfiguration(undefined, scope).get<Record<string, unknown>>('goAsm', {});
  return Object.fromEntries(Object.entries(all).filter(([key]) => !CLIENT_SETTINGS.includes(key)));
}

export class GoAsmClient implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private ends: number[] = [];
  private current: ServerState = { kind: 'starting' };
  private readonly changed = new vscode.EventEmitter<ServerState>();
  /** Starts and stops follow each other, however fast they are asked for. */
  private queue: Promise<void> = Promise.resolve();

  /** Fires when the server comes up or goes. */
  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** The connection while the server runs. */
  get connection(): LanguageClient | undefined {
    return this.current.kind === 'running' ? this.client : undefined;
  }

  get processId(): number | undefined {
    return (this.connection as unknown as { _serverProcess?: { pid?: number } } | undefined)?._serverProcess?.pid;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    this.ends = [];
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private enqueue(action: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(action).catch((error: unknown) => {
      this.log.error(String(error));
    });
    return this.queue;
  }

  private become(state: ServerState): void {
    this.current = state;
    void vscode.commands.executeCommand('setContext', 'goAsm.ready', state.kind === 'running');
    this.changed.fire(state);
  }

  private async startNow(): Promise<void> {
    this.become({ kind: 'starting' });
    const server = await findServer(this.context);
    if ('reason' in server) {
      this.log.warn(server.reason);
      this.become({ kind: 'stopped', reason: server.reason });
      void this.offerInstallation(server.reason);
      return;
    }
    this.log.info(`starting ${server.command} (from ${server.origin})`);
    const run = { command: server.command, args: server.args };
    const client = new LanguageClient('goAsmServer', 'Go Assembly', { run, debug: run }, this.options());
    client.registerFeature(announceInactiveRegions);
    client.onDidChangeState(({ newState }) => {
      this.follow(client, server, newState);
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      const reason = `The server did not start: ${error instanceof Error ? error.message : String(error)}`;
      this.log.error(reason);
      this.become({ kind: 'stopped', reason });
      void this.offerRestart(reason);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop() === true) {
      await client.dispose(2000).catch((error: unknown) => {
        this.log.warn(String(error));
      });
    }
    if (this.current.kind !== 'stopped') {
      this.become({ kind: 'stopped', reason: 'The server was stopped.' });
    }
  }

  /** Follows the client through crashes and restarts of its own. */
  private follow(client: LanguageClient, server: Server, state: State): void {
    if (client !== this.client) {
      return;
    }
    if (state === State.Running) {
      const version = client.initializeResult?.serverInfo?.version ?? 'unknown';
      this.become({ kind: 'running', server, version });
    } else if (state === State.Starting) {
      this.become({ kind: 'starting' });
    } else {
      this.become({ kind: 'stopped', reason: 'The server ended.' });
    }
  }

  private options(): LanguageClientOptions {
    return {
      // Go files are synchronised too, but the server asks for that itself and says for which
      // features, so that nothing of this extension stands beside gopls in them.
      documentSelector: [{ scheme: 'file', language: LANGUAGE }],
      initializationOptions: { ...serverSettings(), trusted: vscode.workspace.isTrusted },
      outputChannel: this.log,
      errorHandler: this.errorHandler(),
      synchronize: {},
      markdown: { supportHtml: false },
      middleware: {
        provideHover,
        workspace: {
          configuration: (params) =>
            params.items.map((item) => {
              const scope = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
              return item.section === 'goAsm' ? serverSettings(scope) : null;
            }),
        },
      },
    };
  }

  private errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        const now = Date.now();
        this.ends = [...this.ends.filter((end) => now - end < RESTART_WINDOW_MS), now];
        if (this.ends.length <= RESTARTS) {
          this.log.warn('the server ended unexpectedly and is started again');
          return { action: CloseAction.Restart, handled: true };
        }
        const reason = `The server ended ${this.ends.length} times in three minutes and is not started again.`;
        this.log.error(reason);
        void this.offerRestart(reason);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private async offerRestart(reason: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(`Go Assembly: ${reason}`, 'Restart', 'Show Output');
    if (choice === 'Restart') {
      await this.restart();
    } else if (choice === 'Show Output') {
      this.log.show();
    }
  }

  private async offerInstallation(reason: string): Promise<void> {
    const install = vscode.workspace.isTrusted ? ['Install in a Private Environment'] : [];
    const choice = await vscode.window.showWarningMessage(`Go Assembly needs its server. ${reason}`, ...install, 'Set the Path');
    if (choice === 'Set the Path') {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'goAsm.server.path');
    } else if (choice !== undefined) {
      await vscode.commands.executeCommand('goAsm.createEnvironment');
    }
  }
}
