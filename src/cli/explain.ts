import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ConfigFile } from '../config/file.ts';
import { type Explained, explainedText } from '../routing/explain.ts';
import type { RouteQuery } from '../routing/router.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, writeJson } from './io.ts';
import { offlineRouter } from './offline.ts';
import { listOption, numberOption } from './options.ts';
import { theName } from './subcommands.ts';

const OPTIONS = {
  tools: { type: 'boolean' },
  vision: { type: 'boolean' },
  tokens: { type: 'string' },
  without: { type: 'string' },
  json: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** Enough of the answer to be shown; its full shape is `Explained`. */
const explainedBody = z.looseObject({
  requested: z.string(),
  resolved: z.string(),
  steps: z.array(z.unknown()),
  skipped: z.array(z.unknown()),
});

/** `omniroute explain MODEL`: which targets would be asked in which order, and why the others are skipped. */
export async function explain(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const query: Query = {
    model: theName(positionals, 'explain', 'a model'),
    tools: values.tools === true,
    vision: values.vision === true,
    tokens: numberOption('--tokens', values.tokens, 0) ?? 0,
    without: listOption('--without', values.without) ?? [],
  };
  const told = await answer(dataFolder(values.data, io.env), query, io);
  if (values.json) writeJson(io, told);
  else io.stdout.write(`${explainedText(told, Date.now()).join('\n')}\n`);
  return 0;
}

interface Query {
  model: string;
  tools: boolean;
  vision: boolean;
  /** Of the input. */
  tokens: number;
  /** Accounts or providers taken to be down. */
  without: string[];
}

async function answer(folder: string, query: Query, io: Io): Promise<Explained> {
  const { accounts } = await new ConfigFile(folder).load();
  for (const name of query.without) {
    const isKnown = name === 'demo' || accounts.some((entry) => [entry.id, entry.name, entry.provider].includes(name));
    if (!isKnown) io.stderr.write(`Note: no account or provider is named "${name}".\n`);
  }
  const gateway = await runningGateway(folder);
  if (gateway) {
    const body: unknown = explainedBody.parse(await gateway.get(`/admin/explain?${parametersOf(query)}`));
    return body as Explained;
  }
  const { router } = await offlineRouter(folder, (line) => io.stderr.write(`${line}\n`));
  io.stderr.write('No gateway runs: told from config.json and state.json, with the models known without asking a provider.\n');
  return router.explain(routeQuery(query));
}

function parametersOf({ model, tools, vision, tokens, without }: Query): URLSearchParams {
  const parameters = new URLSearchParams({ model });
  if (tools) parameters.set('tools', '1');
  if (vision) parameters.set('vision', '1');
  if (tokens > 0) parameters.set('tokens', String(tokens));
  if (without.length > 0) parameters.set('without', without.join(','));
  return parameters;
}

/** As a client of OpenAI's dialect would ask, with no key and no conversation of its own. */
function routeQuery({ model, tools, vision, tokens, without }: Query): RouteQuery {
  return { name: model, client: 'openai-chat', needs: { tools, vision, inputTokens: tokens }, asker: { key: '' }, without };
}
