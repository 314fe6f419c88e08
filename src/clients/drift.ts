import { basename } from 'node:path';
import type { Json } from '../conversation/json.ts';
import type { Client, Found } from './client.ts';
import { nameOf } from './edit/format.ts';
import { FORMATS } from './edit/formats.ts';
import { lookUp } from './edit/value.ts';
import { hashOf, readSettings } from './files.ts';
import type { GatewayFacts } from './setup-contract.ts';
import type { KeptFile, KeptSetup } from './setups-file.ts';

/** What differs from what was set up, as sentences; or a file that cannot be read any more. */
export type Drift = { broken: { path: string; message: string; line?: number; column?: number } } | { differences: string[] };

/** Compares a tool's settings with what we wrote, and that with what the gateway offers now. */
export async function driftOf(client: Client, found: Found, kept: KeptSetup, gateway: GatewayFacts): Promise<Drift> {
  const differences = [
    ...addressDrift(client, found, kept, gateway),
    ...(await keyDrift(client, found, kept, gateway)),
    ...modelDrift(client, found, kept, gateway),
  ];
  for (const file of kept.files) {
    const drift = await fileDrift(client, file);
    if ('broken' in drift) return drift;
    differences.push(...drift.differences);
  }
  return { differences };
}

function addressDrift(client: Client, found: Found, kept: KeptSetup, gateway: GatewayFacts): string[] {
  const now = gateway.origin?.();
  const differences: string[] = [];
  const present = found.origin ?? kept.origin;
  if (found.origin !== undefined && found.origin !== kept.origin)
    differences.push(`Another program changed the address: ${client.name} asks ${found.origin}, not ${kept.origin}.`);
  if (now !== undefined && present !== now) differences.push(`The gateway is at ${now} now; ${client.name} asks ${present}.`);
  return differences;
}

async function keyDrift(client: Client, found: Found, kept: KeptSetup, gateway: GatewayFacts): Promise<string[]> {
  const compared = await gateway.compareKey?.(kept.keyId, found.key);
  if (compared === 'gone') return [`The key that was made for ${client.name} is gone, so its requests are refused.`];
  if (compared === 'other' && found.key !== undefined)
    return [`The key in the settings of ${client.name} is not the one that was made for it.`];
  return [];
}

function modelDrift(client: Client, found: Found, kept: KeptSetup, gateway: GatewayFacts): string[] {
  const offered = gateway.models?.();
  const model = found.model ?? kept.model;
  const differences: string[] = [];
  const isKnown = kept.models.includes(model) || model === kept.model || offered?.includes(model);
  if (!isKnown) differences.push(`${client.name} asks for the model ${model}, which it was not set up with.`);
  if (!offered) return differences;
  const gone = kept.models.filter((name) => !offered.includes(name));
  if (gone.includes(model)) differences.push(`The model ${model} is not offered any more.`);
  const others = gone.filter((name) => name !== model);
  if (others.length > 0) differences.push(`${client.name} lists models that are not offered any more: ${listed(others)}.`);
  return differences;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

async function fileDrift(client: Client, file: KeptFile): Promise<Drift> {
  const name = basename(file.path);
  const read = await readSettings(file.path);
  if (!read.ok)
    return read.refusal.is === 'read-only' ? { differences: [] } : { broken: { path: file.path, message: read.refusal.message } };
  if (!read.value.exists) return { differences: [`${file.path} is not there any more.`] };
  if (hashOf(read.value.bytes) === file.afterHash) return { differences: [] };
  const parsed = FORMATS[file.undo.format].read(read.value.text);
  if (!parsed.ok) return { broken: { path: file.path, ...parsed.problem } };
  return { differences: missing(client, name, file, parsed.value) };
}

/** Values of ours that were taken away; changed ones show as the address, the key or the model. */
function missing(client: Client, name: string, file: KeptFile, value: Json): string[] {
  const gone = file.undo.places.filter(({ path, wrote }) => wrote !== undefined && !lookUp(value, path).found);
  if (gone.length === 0) return [];
  return [`${client.name}, or another program, took values away from ${name}: ${listed(gone.map(({ path }) => nameOf(path)))}.`];
}
