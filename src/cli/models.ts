import { parseArgs } from 'node:util';
import * as z from 'zod';
import { accountsOf, Credentials } from '../accounts/account.ts';
import { FileVault } from '../accounts/file-vault.ts';
import { ConfigFile } from '../config/file.ts';
import { ownNames } from '../config/own-names.ts';
import { ModelBook } from '../routing/models.ts';
import { Upstream } from '../upstream/http.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, writeList } from './io.ts';

const listBody = z.object({ data: z.array(z.object({ id: z.string() })) });

/** `omniroute models`: asks the running gateway, else the providers themselves. */
export async function models(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, data: { type: 'string' } } });
  const folder = dataFolder(values.data, io.env);
  const gateway = await runningGateway(folder);
  const names = gateway
    ? listBody.parse(await gateway.get('/v1/models')).data.map((model) => model.id)
    : await namesWithoutGateway(folder, io);
  writeList(
    io,
    { json: values.json },
    names,
    names.map((name) => [name]),
    'No models.',
  );
  return 0;
}

async function namesWithoutGateway(folder: string, io: Io): Promise<string[]> {
  const config = await new ConfigFile(folder).load();
  const upstream = new Upstream(config.settings.timeouts.connectMs);
  try {
    const book = new ModelBook(upstream, new Credentials(new FileVault(folder), io.env, upstream), Date.now);
    const listed = await book.list(
      accountsOf(config, (problem) => io.stderr.write(`${problem}\n`)),
      5000,
    );
    return [...ownNames(config), ...listed.map((model) => model.name)];
  } finally {
    await upstream.close();
  }
}
