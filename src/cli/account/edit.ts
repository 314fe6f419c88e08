import { parseArgs } from 'node:util';
import { type AccountEdit, editAccount } from '../../accounts/manage.ts';
import type { AccountConfig } from '../../config/accounts.ts';
import { ConfigFile } from '../../config/file.ts';
import { usageOf } from '../help.ts';
import { dataFolder, type Io, UsageError } from '../io.ts';
import { listOption, orNone } from '../options.ts';
import { theName } from '../subcommands.ts';
import { namedAccount } from './named.ts';
import { headroomFrom, LIMIT_OPTIONS, type LimitValues, limitsFrom, priorityFrom } from './values.ts';

const OPTIONS = {
  'new-name': { type: 'string' },
  priority: { type: 'string' },
  prefix: { type: 'string' },
  'base-url': { type: 'string' },
  proxy: { type: 'string' },
  headroom: { type: 'string' },
  allow: { type: 'string' },
  deny: { type: 'string' },
  'custom-model': { type: 'string' },
  preferred: { type: 'string' },
  data: { type: 'string' },
  ...LIMIT_OPTIONS,
} as const;

interface EditValues extends LimitValues {
  'new-name'?: string;
  priority?: string;
  prefix?: string;
  'base-url'?: string;
  proxy?: string;
  headroom?: string;
  allow?: string;
  deny?: string;
  'custom-model'?: string;
  preferred?: string;
}

/** `omniroute account edit NAME …`: changes what is given and nothing else; `none` takes a value back. */
export async function edit(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const name = theName(positionals, 'account edit');
  const { data, ...wanted } = values;
  if (Object.keys(wanted).length === 0) throw new UsageError(`nothing to change\n${usageOf('account edit')}`);
  const changed = await new ConfigFile(dataFolder(data, io.env)).update((config) => {
    const account = namedAccount(config, name);
    return editAccount(config, account.id, changesFrom(wanted, account));
  });
  io.stdout.write(`Changed ${changed.name}.\n`);
  return 0;
}

function changesFrom(values: EditValues, before: AccountConfig): AccountEdit {
  return given({
    name: values['new-name'],
    priority: priorityFrom(values.priority),
    prefix: text(values.prefix),
    baseUrl: text(values['base-url']),
    proxy: text(values.proxy),
    limits: limitsFrom(values),
    headroom: headroomFrom(values.headroom),
    models: given({
      allow: patterns('--allow', values.allow),
      deny: patterns('--deny', values.deny),
      custom: customModels(values['custom-model'], before),
      preferred: text(values.preferred),
    }),
  });
}

/** The models named, with what was said of them before. */
function customModels(text: string | undefined, before: AccountConfig): { id: string }[] | null | undefined {
  const ids = patterns('--custom-model', text);
  return ids?.map((id) => before.models?.custom?.find((model) => model.id === id) ?? { id }) ?? (ids === null ? null : undefined);
}

function patterns(flag: string, text: string | undefined): string[] | null | undefined {
  return orNone(text, (value) => listOption(flag, value));
}

function text(value: string | undefined): string | null | undefined {
  return orNone(value, (same) => same);
}

/** Without the fields that no option speaks of. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
