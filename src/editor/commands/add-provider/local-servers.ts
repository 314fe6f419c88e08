import type { Provider } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';

/** A model server that answers on this computer. */
export interface LocalServer {
  provider: Provider;
  baseUrl: string;
  models: number;
}

/** True to the body of a model list: `{"data": [{"id"}]}`. Gives the number of models, `undefined` when it is something else. */
export type Probe = (url: string, signal: AbortSignal) => Promise<number | undefined>;

const PATIENCE_MS = 1500;

/** Asks each usual address of a local server for its models, all at once; those that have an account already are not asked. */
export async function localServers(
  providers: readonly Provider[],
  accounts: readonly AccountView[],
  probe: Probe,
  signal: AbortSignal,
): Promise<LocalServer[]> {
  const added = new Set(accounts.filter(({ baseUrl }) => baseUrl === undefined).map(({ provider }) => provider));
  const open = providers.filter(({ id, tier, customBaseUrl, offline }) => tier === 'local' && !customBaseUrl && !offline && !added.has(id));
  const found = await Promise.all(open.map((provider) => serverOf(provider, probe, signal)));
  signal.throwIfAborted();
  return found.flatMap((server) => server ?? []);
}

async function serverOf(provider: Provider, probe: Probe, signal: AbortSignal): Promise<LocalServer | undefined> {
  const baseUrl = Object.values(provider.endpoints)[0]?.baseUrl;
  if (baseUrl === undefined) return undefined;
  const models = await probe(`${baseUrl}/models`, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  return models === undefined ? undefined : { provider, baseUrl, models };
}

/** Asks over HTTP, without any key. Whatever is no list of models is no server of ours. */
export const httpProbe: Probe = async (url, signal) => {
  try {
    const response = await fetch(url, { signal, redirect: 'error' });
    if (!response.ok) return undefined;
    const body: unknown = await response.json();
    return countOf(body);
  } catch {
    return undefined;
  }
};

function countOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('data' in body)) return undefined;
  // A server without a model yet sends `null` (Ollama).
  if (body.data === null) return 0;
  return Array.isArray(body.data) ? body.data.length : undefined;
}
