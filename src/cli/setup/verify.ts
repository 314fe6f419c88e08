import { setTimeout } from 'node:timers/promises';
import type { Client } from '../../clients/client.ts';
import { writeJson } from '../io.ts';
import type { SetupContext } from './context.ts';
import { lastRequest, type SeenRequest } from './running.ts';

const LOOK_MS = 300;

/** Waits for a request with the tool's own key since it was set up; exit code 0 when one came and was answered. */
export async function verify(
  { io, tools, client: gateway, folder }: SetupContext,
  client: Client,
  { waitMs, json }: { waitMs: number; json: boolean | undefined },
): Promise<number> {
  if (!gateway) throw new Error(`No gateway runs for ${folder}: nothing can be seen. "omniroute serve" starts one.`);
  const { applied, key } = await tools.look(client);
  if (!applied || !('row' in key)) throw new Error(`${client.name} is not set up: "omniroute setup ${client.id}".`);
  const { name } = key.row;
  const seenBefore = await lastRequest(gateway, name, applied.at);
  if (!seenBefore && !json) io.stderr.write(`Waiting up to ${waitMs / 1000} s for a request of ${client.name} (key "${name}") …\n`);
  const seen = seenBefore ?? (await awaited(() => lastRequest(gateway, name, applied.at), waitMs));
  const isAnswered = seen !== undefined && seen.status < 400;
  if (json) writeJson(io, { tool: client.id, key: name, seen: seen ?? null, answered: isAnswered });
  else io.stdout.write(`${seenText(client, seen, waitMs)}\n`);
  return isAnswered ? 0 : 1;
}

async function awaited(look: () => Promise<SeenRequest | undefined>, waitMs: number): Promise<SeenRequest | undefined> {
  const end = Date.now() + waitMs;
  while (Date.now() < end) {
    await setTimeout(Math.min(LOOK_MS, Math.max(1, end - Date.now())));
    const seen = await look();
    if (seen) return seen;
  }
  return undefined;
}

function seenText({ name }: Client, seen: SeenRequest | undefined, waitMs: number): string {
  if (!seen) return `No request of ${name} came within ${waitMs / 1000} s. Was it started again, and asked something?`;
  const asked = `${name} asked for ${seen.requested} at ${new Date(seen.at).toLocaleTimeString()}`;
  if (seen.status < 400) return `${asked}, and ${seen.target ?? 'the gateway'} answered.`;
  return `${asked}, and was answered ${seen.status}${seen.error ? ` (${seen.error.code ?? seen.error.class})` : ''}. "omniroute logs" tells more.`;
}
