import type { Client, Setup } from './client.ts';
import { driftOf } from './drift.ts';
import { FORMATS } from './edit/formats.ts';
import { type FileResult, hashOf, readSettings, refuse, refusing, type SettingsText } from './files.ts';
import { withoutKey } from './masked.ts';
import { mergedPlaces, placesOf } from './places.ts';
import type { AppliedSetup, Preview, PreviewFile, Refusal, Setups, SetupsOptions, ToolState } from './setup-contract.ts';
import { type KeptFile, type KeptSetup, SetupsFile } from './setups-file.ts';
import { undoFiles } from './undo.ts';
import { putBack, tidyCopies, type Write, type Written, writeAll } from './write-files.ts';

type GoodPreview = Extract<Preview, { ok: true }>;

/** Setting tools up and taking it back, with what was done kept in `setups.json` of the data folder. */
export function createSetups(options: SetupsOptions): Setups {
  const file = new SetupsFile(options.folder, options.log ?? (() => {}));
  return {
    state: (client) => stateOf(client, options, file),
    preview: (client, setup) => previewOf(client, setup, options),
    apply: (client, setup, preview, keyId) => refusalsOf(options.folder, () => apply(client, setup, preview, keyId, options, file)),
    undo: async (client) => {
      const result = await refusing(options.folder, () => file.alone(() => undo(client, options, file)));
      return result.ok ? { ok: true, ...result.value } : result;
    },
  };
}

async function refusalsOf(path: string, work: () => Promise<void>): Promise<{ ok: true } | { ok: false; refusal: Refusal }> {
  const result = await refusing(path, work);
  return result.ok ? { ok: true } : result;
}

async function stateOf(client: Client, options: SetupsOptions, file: SetupsFile): ReturnType<Setups['state']> {
  const [found, kept] = await Promise.all([client.detect(options.machine), file.look(client.id)]);
  const applied = kept as AppliedSetup | undefined;
  const answer = (state: ToolState): Awaited<ReturnType<Setups['state']>> => ({ found, state, applied });
  if (client.instructionsOnly !== undefined) return answer({ is: 'instructions' });
  if (found.problem) return answer({ is: 'broken', ...found.problem });
  const gateway = options.gateway ?? {};
  const origin = gateway.origin?.();
  const drift = kept && (found.installed || kept.files.length > 0) ? await driftOf(client, found, kept, gateway) : undefined;
  if (drift && 'broken' in drift) return answer({ is: 'broken', ...drift.broken });
  // Some tools are seen only once they have run; their settings are there all the same.
  if (!found.installed && !(kept && found.origin !== undefined)) return answer({ is: 'absent' });
  if (drift && drift.differences.length > 0) return answer({ is: 'drifted', differences: drift.differences });
  if (!kept && (found.origin === undefined || found.origin !== origin)) return answer({ is: 'not-set-up', elsewhere: found.origin });
  return answer({ is: 'set-up', model: found.model ?? kept?.model, lastSeen: await gateway.lastSeen?.(client, kept?.keyId) });
}

async function previewOf(client: Client, setup: Setup, options: SetupsOptions): Promise<Preview> {
  if (client.instructionsOnly !== undefined) {
    return { ok: false, refusal: { is: 'instructions-only', path: '', message: client.instructionsOnly } };
  }
  const files: PreviewFile[] = [];
  for (const plan of await client.plan(options.machine, setup)) {
    const read = await readSettings(plan.path);
    if (!read.ok) return read;
    const { path, realPath, exists, text: before, readAt } = read.value;
    const format = FORMATS[plan.format];
    const result = format.apply(exists ? before : format.empty, plan.edits);
    if (!result.ok) return { ok: false, refusal: brokenRefusal(path, result.problem) };
    files.push({ path, realPath, exists, before, after: result.text, shown: withoutKey(result.text, setup.key), readAt, plan });
  }
  return { ok: true, client: client.id, files, unchanged: files.every(({ before, after }) => before === after) };
}

function brokenRefusal(path: string, problem: { message: string; line: number; column: number }): Refusal {
  const message = `${path}, line ${problem.line}, column ${problem.column}: ${problem.message} The file was left as it is.`;
  return { is: 'broken', path, message, problem };
}

async function apply(
  client: Client,
  setup: Setup,
  preview: GoodPreview,
  keyId: string,
  options: SetupsOptions,
  file: SetupsFile,
): Promise<void> {
  await file.alone(async () => {
    const at = options.now();
    const kept = await file.get(client.id);
    const planned = await Promise.all(preview.files.map((previewed) => plannedWrite(previewed, kept)));
    const writes = planned.filter(({ write }) => write.file.text !== write.content).map(({ write }) => write);
    const written = await writeAll(writes, at);
    try {
      const files = planned.map((each) => keptFile(each, written[writes.indexOf(each.write)]));
      const untouched = kept?.files.filter(({ path }) => !files.some((other) => other.path === path)) ?? [];
      await file.put(client.id, keptSetup(client, setup, keyId, at, [...files, ...untouched]));
    } catch (error) {
      await putBack(writes.map((write, index) => ({ write, written: written[index] ?? { backup: undefined, folders: [] } })));
      throw error;
    }
    await tidy(file);
  });
}

interface Planned {
  previewed: PreviewFile;
  write: Write;
  /** What is known of the file from before, as long as it is there. */
  earlier: KeptFile | undefined;
  /** Nobody but us wrote since we did first: the first copy holds all that is not ours. */
  isOurs: boolean;
}

async function plannedWrite(previewed: PreviewFile, kept: KeptSetup | undefined): Promise<Planned> {
  const file = unwrapped(await readSettings(previewed.path));
  if (file.exists !== previewed.exists || file.readAt.hash !== previewed.readAt.hash || file.realPath !== previewed.realPath) {
    refuse('changed', file.path, `${file.path} was changed since the change was shown. Nothing was written; look at it again.`);
  }
  const known = kept?.files.find(({ path }) => path === file.path);
  const earlier = file.exists ? known : undefined;
  const isOurs = earlier?.undo.pristine === true && earlier.afterHash === file.readAt.hash;
  return { previewed, earlier, isOurs, write: { file, content: previewed.after, mode: previewed.plan.mode, keepCopy: !isOurs } };
}

function unwrapped(read: FileResult<SettingsText>): SettingsText {
  if (read.ok) return read.value;
  const { refusal } = read;
  return refuse(refusal.is === 'broken' ? 'failed' : refusal.is, refusal.path, refusal.message);
}

function keptFile({ previewed, write, earlier, isOurs }: Planned, written: Written | undefined): KeptFile {
  const { plan, after, before } = previewed;
  const format = FORMATS[plan.format];
  const [was, now] = [format.read(before), format.read(after)];
  const copy = written?.backup ?? (isOurs ? earlier?.backup : undefined);
  const places = placesOf(was.ok ? was.value : null, now.ok ? now.value : null, plan.edits, copy);
  // Without a copy of its own the file was not written to: what is known of it stays.
  const isPristine = earlier === undefined || isOurs || (written === undefined && earlier.undo.pristine);
  return {
    path: write.file.path,
    backup: earlier ? earlier.backup : written?.backup,
    beforeHash: earlier ? earlier.beforeHash : write.file.exists ? write.file.readAt.hash : undefined,
    afterHash: earlier && !written ? earlier.afterHash : hashOf(after),
    undo: {
      format: plan.format,
      pristine: isPristine,
      folders: earlier?.undo.folders ?? written?.folders ?? [],
      places: mergedPlaces(earlier?.undo.places ?? [], places),
    },
  };
}

function keptSetup(client: Client, setup: Setup, keyId: string, at: number, files: KeptFile[]): KeptSetup {
  const models = setup.models.map(({ name }) => name);
  return { client: client.id, at, origin: setup.origin, model: setup.model, keyId, models, files };
}

async function undo(client: Client, options: SetupsOptions, file: SetupsFile): Promise<{ files: string[]; kept: string[] }> {
  const setup = await file.get(client.id);
  if (!setup) return { files: [], kept: [] };
  const undone = await undoFiles(setup.files, options.now());
  await file.put(client.id, undefined);
  await tidy(file, setup.files);
  return undone;
}

/** Old copies go; those that an undo needs stay. */
async function tidy(file: SetupsFile, also: readonly KeptFile[] = []): Promise<void> {
  const files = (await file.all()).flatMap((setup) => setup.files);
  const needed = new Set(
    files.flatMap(({ backup, undo: { places } }) => [backup, ...places.map(({ was }) => was)]).filter((path) => path !== undefined),
  );
  for (const path of new Set([...files, ...also].map((each) => each.path))) await tidyCopies(path, needed);
}
