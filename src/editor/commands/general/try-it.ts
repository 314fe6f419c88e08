import * as l10n from '@vscode/l10n';
import { asArray, asObject, asString } from '../../../conversation/json.ts';
import { formatMs } from '../../format/index.ts';
import type { Link } from '../../link/link.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { errorWords, OWN_HEADERS } from '../../own-client.ts';
import { usersAccounts } from '../../status-bar/standing.ts';

/** What came of the request. */
export type Tried = { ok: true; text: string; by: string | undefined; ms: number } | { ok: false; message: string };

const DEMO = 'demo/echo';
/** Enough for a model that thinks first. */
const MOST_TOKENS = 400;
const SHOWN = 300;

/** The model to try: `auto`, or the built-in demo while no account could answer. */
export function modelToTry(snapshot: Snapshot): string {
  return usersAccounts(snapshot).some(({ enabled }) => enabled) ? 'auto' : DEMO;
}

/** Sends one small request through the gateway. Rejects with the signal's reason when given up. */
export async function tryModel(
  link: Link,
  model: string,
  prompt: string,
  signal: AbortSignal,
  now: () => number = Date.now,
): Promise<Tried> {
  const began = now();
  const body = { model, messages: [{ role: 'user', content: prompt }], max_tokens: MOST_TOKENS };
  const response = await link.request('/v1/chat/completions', { method: 'POST', body, headers: OWN_HEADERS, signal });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return { ok: false, message: errorWords(answer) ?? l10n.t('The gateway answered with status {0}.', response.status) };
  const text = textIn(answer);
  if (text === undefined) return { ok: false, message: l10n.t('The answer held no text.') };
  return { ok: true, text: cut(text), by: asString(asObject(answer)?.model), ms: now() - began };
}

/** What the user is told. */
export function triedText(tried: Tried): string {
  if (!tried.ok) return tried.message;
  const took = formatMs(tried.ms);
  return tried.by === undefined ? l10n.t('“{0}” (in {1})', tried.text, took) : l10n.t('“{0}” ({1}, in {2})', tried.text, tried.by, took);
}

function textIn(answer: unknown): string | undefined {
  const [choice] = asArray(asObject(answer)?.choices);
  const text = asString(asObject(asObject(choice)?.message)?.content)?.trim();
  return text === '' ? undefined : text;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
