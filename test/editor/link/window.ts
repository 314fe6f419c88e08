import { FileVault } from '../../../src/accounts/file-vault.ts';
import { createLink } from '../../../src/editor/link/gateway-link.ts';

/**
 * A process that does what an extension host does with a link, told by messages: stands for a window. Arguments: data folder, port,
 * folder of the vault, script of the gateway's thread.
 */
export type ToWindow =
  | { do: 'request'; id: number; path: string; method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'; body?: unknown }
  | { do: 'stop' }
  | { do: 'restart' };

export type FromWindow =
  | { tell: 'state'; state: unknown; at: number }
  | { tell: 'answer'; id: number; status: number; body: string; at: number }
  | { tell: 'error'; id: number; message: string; reason: unknown }
  | { tell: 'stopped'; ms: number }
  | { tell: 'started' };

const [dataDir = '', port = '', vaultDir = '', workerScript = ''] = process.argv.slice(2);
const tell = (message: FromWindow): void => void process.send?.(message);
const link = createLink({
  dataDir,
  port: Number(port),
  vault: new FileVault(vaultDir),
  workerScript,
  log: (line) => {
    if (process.env.LINK_TEST_LOG) process.stderr.write(`${process.pid} ${line}\n`);
  },
});
link.onDidChange((state) => tell({ tell: 'state', state, at: Date.now() }));

async function request({ id, path, method, body }: Extract<ToWindow, { do: 'request' }>): Promise<void> {
  try {
    const response = await link.request(path, { method, body });
    tell({ tell: 'answer', id, status: response.status, body: await response.text(), at: Date.now() });
  } catch (error) {
    tell({ tell: 'error', id, message: String(error), reason: (error as { reason?: unknown }).reason });
  }
}

process.on('message', (message: ToWindow) => {
  switch (message.do) {
    case 'request':
      return void request(message);
    case 'restart':
      return void link.restart();
    case 'stop': {
      const begun = Date.now();
      void link.stop().then(() => {
        tell({ tell: 'stopped', ms: Date.now() - begun });
        // From here on nothing may hold the process but this channel.
        process.disconnect();
      });
    }
  }
});
process.on('disconnect', () => void link.stop());
tell({ tell: 'started' });
