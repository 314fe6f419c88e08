import * as l10n from '@vscode/l10n';
import type { RequestRecord } from '../../admin/api.ts';
import { formatCount, formatMs, formatUsd } from '../../format/index.ts';
import { errorWords, OWN_HEADERS } from '../../own-client.ts';
import type { ItemRef } from '../../views/item.ts';
import { failureWord } from '../../views/words.ts';
import { type ComboDesk, chosenName } from './desk.ts';

/** Long enough for a model that thinks first; an answer of one word ends long before. */
const MOST_TOKENS = 512;

/** Sends one tiny real request to a combo, through everything a tool's request goes through, and tells what happened. */
export async function testCombo(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const name = await chosenName(desk, ref, l10n.t('Test Combo'), true);
  if (name === undefined) return;
  const waited = await desk.ui.progress(l10n.t('Asking "{0}"…', name), (signal) => ask(desk, name, signal));
  if (waited.is === 'cancelled') return;
  const { ok, text, request } = waited.value;
  const details = l10n.t('Show Request');
  if ((await desk.ui.tell(ok ? 'info' : 'error', text, ...(request ? [details] : []))) === details && request) {
    await desk.ui.run('omniroute.request.details', { id: `request:${request}`, ref: { kind: 'request', request } });
  }
}

interface Outcome {
  ok: boolean;
  text: string;
  request: string | undefined;
}

async function ask({ link, admin }: ComboDesk, name: string, signal: AbortSignal): Promise<Outcome> {
  const response = await link.request('/v1/chat/completions', {
    method: 'POST',
    signal,
    headers: OWN_HEADERS,
    body: { model: name, max_tokens: MOST_TOKENS, messages: [{ role: 'user', content: 'Reply with the single word OK.' }] },
  });
  const body: unknown = await response.json().catch(() => undefined);
  const request = response.headers.get('x-request-id') ?? undefined;
  const record = (await admin.requests({ limit: '50' }, signal)).find(({ id }) => id === request);
  if (response.ok) return { ok: true, request, text: answeredText(name, record, response.headers.get('x-omniroute-target') ?? name) };
  return { ok: false, request, text: failedText(name, errorWords(body) ?? l10n.t('status {0}', response.status), record) };
}

/** Who answered, how fast, at what price, and who was passed over. */
function answeredText(name: string, record: RequestRecord | undefined, target: string): string {
  if (!record) return l10n.t('"{0}" answered through {1}.', name, target);
  const { account = '', totalMs, usage, cost } = record;
  const sentences = [
    l10n.t('"{0}" answered through {1} (account "{2}") in {3}.', name, record.target ?? target, account, formatMs(totalMs)),
  ];
  if (usage?.input !== undefined && usage.output !== undefined) {
    sentences.push(l10n.t('{0} tokens in, {1} out.', formatCount(usage.input), formatCount(usage.output)));
  }
  if (cost) sentences.push(cost.source === 'plan' ? l10n.t('Nothing was paid.') : l10n.t('It cost {0}.', formatUsd(cost.usd)));
  return [...sentences, ...passedOver(record)].join(' ');
}

function failedText(name: string, message: string, record: RequestRecord | undefined): string {
  return [l10n.t('"{0}" did not answer ({1}).', name, message), ...(record ? passedOver(record) : [])].join(' ');
}

function passedOver({ attempts, skipped }: RequestRecord): string[] {
  const failed = attempts.flatMap(({ target, account, class: failure }) =>
    failure ? [l10n.t('{0} ({1}: {2})', target, account, failureWord(failure))] : [],
  );
  const unasked = skipped.map(({ target, account, reason }) => l10n.t('{0} ({1}: {2})', target, account, reason));
  const all = [...failed, ...unasked];
  return all.length > 0 ? [l10n.t('Passed over: {0}.', all.join(', '))] : [];
}
