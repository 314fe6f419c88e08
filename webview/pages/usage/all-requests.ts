import type { RequestRecord } from '../../../src/editor/admin/api.ts';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import type { Host } from '../../host/host.ts';

/** Every request of the range that is kept singly, oldest first; `told` after each page: how many there are so far. Rejects when aborted. */
export async function allRequests(
  host: Pick<Host, 'call'>,
  { since, until, asked: { where } }: UsageView,
  told: (count: number) => void,
  signal: AbortSignal,
): Promise<RequestRecord[]> {
  const pages: RequestRecord[][] = [];
  let before: string | undefined;
  for (let count = 0; ; told(count)) {
    const page = await host.call('usageRequests', { since, until, where, ...(before === undefined ? {} : { before }) }, signal);
    signal.throwIfAborted();
    const oldest = page[0];
    // A page that begins where the last one did would go on for ever.
    if (!oldest || oldest.id === before) return pages.reverse().flat();
    pages.push(page);
    count += page.length;
    before = oldest.id;
  }
}
