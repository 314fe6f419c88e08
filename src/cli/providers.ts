import { providers as catalogue } from '../providers/catalogue.ts';
import { type Io, table } from './io.ts';

/** `omniroute providers [WORD]`. */
export async function providers(args: string[], io: Io): Promise<number> {
  const word = (args[0] ?? '').toLowerCase();
  const shown = catalogue.filter((provider) => !provider.offline && `${provider.id} ${provider.name}`.toLowerCase().includes(word));
  if (shown.length === 0) {
    io.stdout.write(`No provider has "${word}" in its name.\n`);
    return 1;
  }
  io.stdout.write(
    `${table(shown.map((provider) => [provider.id, provider.name, provider.tier, Object.keys(provider.endpoints).join(', '), provider.env?.[0] ?? '']))}\n`,
  );
  return 0;
}
