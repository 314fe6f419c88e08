import { parseArgs } from 'node:util';
import { providers as catalogue } from '../providers/catalogue.ts';
import type { Provider } from '../providers/provider.ts';
import { type Io, table, writeJson } from './io.ts';

/** `omniroute providers [WORD]`: what an account can be added for. Exit code 1 when nothing has the word in it. */
export async function providers(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  const word = positionals.join(' ').toLowerCase();
  const shown = catalogue.filter((provider) => !provider.offline && `${provider.id} ${provider.name}`.toLowerCase().includes(word));
  if (values.json) writeJson(io, shown.map(entryOf));
  else io.stdout.write(shown.length > 0 ? `${table(shown.map(row))}\n` : `No provider has "${word}" in its name.\n`);
  return shown.length > 0 ? 0 : 1;
}

function row({ id, name, tier, endpoints, env }: Provider): string[] {
  return [id, name, tier, Object.keys(endpoints).join(', '), env?.[0] ?? ''];
}

function entryOf({ id, name, prefix, tier, endpoints, env = [], keyUrl, terms }: Provider): Record<string, unknown> {
  return { id, name, prefix, tier, dialects: Object.keys(endpoints), env, keyUrl: keyUrl ?? null, terms };
}
