import type { Client, Machine, Setup } from '../../clients/client.ts';

/** A tool's instructions with words in the place of its key: it is printed only where somebody asks for it. */
export function instructionLines(client: Client, machine: Machine, { origin, model }: Pick<Setup, 'origin' | 'model'>): string[] {
  const key = client.instructionsOnly === undefined ? `setup ${client.id} --show-key` : `key new ${client.id}`;
  const lines = client.instructions?.(machine, { origin, model, key: '', models: [] }) ?? [client.instructionsOnly ?? ''];
  return lines.map((line) => line.replaceAll('{key}', `(what "omniroute ${key}" prints)`)).filter(Boolean);
}
