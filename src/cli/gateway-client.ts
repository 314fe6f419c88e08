import { FileVault } from '../accounts/file-vault.ts';
import { FIRST_KEY_SECRET } from '../gateway/start.ts';
import { readRuntimeFile } from './runtime-file.ts';

/** A running gateway's admin API, as the command line reaches it; `undefined` when none runs for this data folder. */
export async function runningGateway(folder: string): Promise<{ url: string; get(path: string): Promise<unknown> } | undefined> {
  const runtime = await readRuntimeFile(folder);
  const key = runtime && (await new FileVault(folder).get(FIRST_KEY_SECRET));
  if (!runtime || !key) return undefined;
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(runtime.url + path, { headers: { authorization: `Bearer ${key}` }, signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`the gateway answered ${response.status} to ${path}`);
    return await response.json();
  };
  try {
    await get('/health');
    return { url: runtime.url, get };
  } catch {
    return undefined;
  }
}
