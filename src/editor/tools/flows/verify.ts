import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import { formatMs } from '../../format/index.ts';
import type { Live, LiveRequest } from '../../live/snapshot.ts';
import { isUnderWay } from '../../live/under-way.ts';
import { failureWord } from '../../views/words.ts';
import type { ToolContext } from './context.ts';

/** Waits until the tool itself asks with its own key, or the user has seen enough. */
export async function verify(context: ToolContext, client: Client): Promise<void> {
  const { ui, live, desk } = context;
  const { key } = await desk.lookAt(client);
  if (!('row' in key)) {
    await ui.tell('warning', l10n.t('{0} has no key of its own: set it up first.', client.name));
    return;
  }
  const since = context.now();
  const waited = await ui.progress(l10n.t('Waiting for a request from {0}: send it a message now…', client.name), (signal, report) =>
    nextRequest(live, { key: key.row.name, since }, signal, () => report(l10n.t('it is asking…'))),
  );
  if (waited.is === 'cancelled') return;
  await desk.lookAt(client);
  await tellSeen(context, client, waited.value);
}

async function tellSeen({ ui }: ToolContext, client: Client, request: LiveRequest): Promise<void> {
  const target = request.target ?? request.requested;
  if (request.state === 'done') {
    const took = request.totalMs === undefined ? '' : formatMs(request.totalMs);
    await ui.tell('info', l10n.t('{0} works: it asked for {1}, and {2} answered in {3}.', client.name, request.requested, target, took));
    return;
  }
  const show = l10n.t('Show Request');
  const why = request.error === undefined ? l10n.t('cancelled') : failureWord(request.error);
  const said = await ui.tell('warning', l10n.t('{0} reached the gateway, but got no answer: {1}.', client.name, why), show);
  if (said === show) await ui.run('omniroute.request.details', { ref: { kind: 'request', request: request.id } });
}

/** The first request with this key that began after `since`, when it is over. Rejects when the signal aborts. */
export function nextRequest(
  live: Pick<Live, 'snapshot' | 'onDidChange'>,
  { key, since }: { key: string; since: number },
  signal: AbortSignal,
  began: () => void,
): Promise<LiveRequest> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const mine = live.snapshot.requests.filter((request) => request.key === key && request.startedAt >= since);
      const over = mine.findLast((request) => !isUnderWay(request));
      if (mine.length > 0) began();
      if (!over) return;
      end();
      resolve(over);
    };
    const left = (): void => {
      end();
      reject(signal.reason);
    };
    const listening = live.onDidChange((slices) => slices.has('requests') && look());
    const end = (): void => {
      listening.dispose();
      signal.removeEventListener('abort', left);
    };
    signal.addEventListener('abort', left, { once: true });
    look();
  });
}
