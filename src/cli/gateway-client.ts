import * as z from 'zod';
import { FileVault } from '../accounts/file-vault.ts';
import { readRuntimeFile } from '../config/runtime-file.ts';
import { FIRST_KEY_SECRET } from '../gateway/first-key.ts';

/** A running gateway's admin API, as the command line reaches it. Answers that are not 2xx are thrown in the gateway's own words. */
export interface GatewayClient {
  url: string;
  get(path: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  patch(path: string, body: unknown): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

const errorBody = z.object({ error: z.object({ message: z.string() }) });
const ANSWER_MS = 5000;
/** A test of an account waits for its provider. */
const WORK_MS = 60_000;

/** The gateway of this data folder; `undefined` when none runs. */
export async function runningGateway(folder: string): Promise<GatewayClient | undefined> {
  const runtime = await readRuntimeFile(folder);
  const key = runtime && (await new FileVault(folder).get(FIRST_KEY_SECRET));
  if (!runtime || !key) return undefined;
  const call = async (path: string, init: RequestInit, waitMs: number): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(runtime.url + path, { ...init, headers, signal: AbortSignal.timeout(waitMs) });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return body;
    const said = errorBody.safeParse(body);
    throw new Error(said.success ? said.data.error.message : `the gateway answered ${response.status} to ${path}`);
  };
  const client: GatewayClient = {
    url: runtime.url,
    get: (path) => call(path, { method: 'GET' }, ANSWER_MS),
    post: (path, body = {}) => call(path, { method: 'POST', body: JSON.stringify(body) }, WORK_MS),
    patch: (path, body) => call(path, { method: 'PATCH', body: JSON.stringify(body) }, ANSWER_MS),
    delete: (path) => call(path, { method: 'DELETE' }, ANSWER_MS),
  };
  try {
    await client.get('/health');
    return client;
  } catch {
    return undefined;
  }
}
