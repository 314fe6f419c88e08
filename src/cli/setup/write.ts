import type { Client } from '../../clients/client.ts';
import { unifiedDiff } from '../../clients/diff.ts';
import type { Prepared, Wish, Written } from '../../clients/tool-setup.ts';
import { Redactor } from '../../log/redact/redactor.ts';
import { confirmed } from '../confirm.ts';
import { writeJson } from '../io.ts';
import { noteTool } from './audit.ts';
import type { SetupContext } from './context.ts';
import { instructionLines } from './instructions.ts';
import { refused } from './refusal.ts';

interface Options {
  dryRun: boolean;
  yes?: boolean | undefined;
  json?: boolean | undefined;
}

/** Shows what would change and writes it: on a terminal after a yes, elsewhere at once. */
export async function setUp(context: SetupContext, client: Client, wish: Wish, { dryRun, yes, json }: Options): Promise<number> {
  const { io, tools } = context;
  if (client.instructionsOnly !== undefined) return instructed(context, client, wish.model ?? 'auto', json);
  const prepared = await tools.prepare(client, wish);
  if (!prepared.ok) return refused(prepared.refusal, io, json);
  const isAsked = io.stdin.isTTY === true && !yes && !json && !prepared.preview.unchanged;
  if (dryRun || isAsked) show(context, prepared, json);
  if (dryRun) return 0;
  if (isAsked && !(await confirmed(`Set up ${client.name}?`, io))) {
    io.stdout.write('Nothing was written.\n');
    return 1;
  }
  const written = await tools.write(prepared);
  if (!written.ok) return refused(written.refusal, io, json);
  if (written.is === 'written') await note(context, prepared, written);
  if (json) writeJson(io, writtenJson(context, prepared, written));
  else io.stdout.write(`${writtenLines(context, prepared, written).join('\n')}\n`);
  return 0;
}

function instructed({ io, machine, gateway }: SetupContext, client: Client, model: string, json: boolean | undefined): number {
  const lines = instructionLines(client, machine, { origin: gateway.origin, model });
  if (json) writeJson(io, { ok: true, tool: client.id, is: 'instructions', instructions: lines });
  else io.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function show({ io }: SetupContext, prepared: Prepared, json: boolean | undefined): void {
  const { client, setup, preview, notes } = prepared;
  // Keys of others may stand beside ours.
  const diff = new Redactor().redact(unifiedDiff(preview));
  if (json) {
    const models = setup.models.map(({ name }) => name);
    writeJson(io, {
      ok: true,
      tool: client.id,
      is: 'dry-run',
      unchanged: preview.unchanged,
      origin: setup.origin,
      model: setup.model,
      models,
      diff,
      notes,
    });
    return;
  }
  io.stdout.write(diff === '' ? `Nothing would change: ${client.name} is set up.\n` : diff);
  for (const text of notes) io.stdout.write(`Note: ${text}\n`);
}

async function note(context: SetupContext, { client, setup }: Prepared, { keyName, applied }: Written): Promise<void> {
  const after = { origin: setup.origin, model: setup.model, key: keyName, files: applied?.files.map(({ path }) => path) ?? [] };
  const changes = Object.entries(after).map(([field, value]) => ({ field, after: value }));
  await noteTool(context, { what: 'tool.set-up', subject: client.id, changes });
}

function writtenJson({ machine }: SetupContext, { client, setup, notes }: Prepared, { is, keyName, applied }: Written) {
  return {
    ok: true,
    tool: client.id,
    is,
    origin: setup.origin,
    model: setup.model,
    models: setup.models.map(({ name }) => name),
    key: keyName,
    files: applied?.files.map(({ path, backup }) => ({ path, backup: backup ?? null })) ?? [],
    afterwards: client.afterwards ?? null,
    instructions: client.instructions ? instructionLines(client, machine, setup) : [],
    notes,
  };
}

const AFTERWARDS = {
  'restart-tool': (name: string) => `Start ${name} again so that it takes effect.`,
  'reload-window': (_: string) => 'Reload the editor’s window so that it takes effect ("Developer: Reload Window").',
  'new-terminal': (_: string) => 'It takes effect in terminals opened from now on.',
} satisfies Record<NonNullable<Client['afterwards']>, (name: string) => string>;

function writtenLines({ runs, machine }: SetupContext, { client, setup, notes }: Prepared, written: Written): string[] {
  const { name } = client;
  const told = notes.map((text) => `Note: ${text}`);
  if (written.is === 'unchanged')
    return [`${name} is set up already: model ${setup.model}, key "${written.keyName}". Nothing was written.`, ...told];
  if (written.is === 'limits')
    return [`What the key "${written.keyName}" may do was changed; the files of ${name} are as they were.`, ...told];
  const steps = client.instructions ? instructionLines(client, machine, setup) : [];
  return [
    `${name} is set up: ${setup.origin}, model ${setup.model}, key "${written.keyName}".`,
    ...(written.applied?.files ?? []).map(({ path, backup }) => `  ${path}${backup ? `  (as it was: ${backup})` : '  (new)'}`),
    ...told,
    ...(runs ? [] : [`Note: no gateway runs now; "omniroute serve" starts one.`]),
    ...steps,
    ...(client.afterwards ? [AFTERWARDS[client.afterwards](name)] : []),
    `To take it back: omniroute setup ${client.id} --undo`,
  ];
}
