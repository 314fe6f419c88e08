import type { Client } from '../../clients/client.ts';
import type { SetupContext } from './context.ts';

/** Prints the tool's key, alone: for tools that take it in a window of their own. */
export async function showKey({ io, tools }: SetupContext, client: Client): Promise<number> {
  const { key } = await tools.look(client);
  if (key.is !== 'good') throw new Error(`${client.name} has no key that works. "omniroute setup ${client.id}" makes one.`);
  io.stdout.write(`${key.key}\n`);
  return 0;
}
