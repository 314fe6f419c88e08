import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../../clients/edit/edit.ts';
import { FORMATS } from '../../../clients/edit/formats.ts';
import { type FileResult, readSettings, refuse, refusing, type SettingsText } from '../../../clients/files.ts';
import type { ToolKey, ToolKeys } from '../../../clients/key-keeper.ts';
import { type GatewayModel, offer } from '../../../clients/offer.ts';
import type { AppliedSetup, PreviewFile } from '../../../clients/setup-contract.ts';
import type { ToolLook } from '../../../clients/tool-look.ts';
import type { GatewaySide } from '../../../clients/tool-setup.ts';
import { copilot } from '../../../clients/tools/copilot.ts';
import { writeAll } from '../../../clients/write-files.ts';
import { type GroupModel, groupModels } from './entries.ts';
import { driftOfGroup, findGroup, GROUP, type GroupPlace, mergeGroup, removeGroup } from './group.ts';
import type { CopilotHost, MadeGroup } from './host.ts';

interface From {
  host: CopilotHost;
  keys: ToolKeys;
  gateway: GatewaySide;
  now(): number;
}

const format = FORMATS.json;
/** The editor writes its file on its own time. */
const [FILE_TRIES, FILE_PAUSE_MS] = [10, 200];

/** Copilot's group as it stands in the file of its profile, and what changes it. */
export class CopilotGroup {
  readonly #from: From;

  constructor(from: From) {
    this.#from = from;
  }

  async look(): Promise<ToolLook> {
    const { host, gateway } = this.#from;
    const made = host.made();
    const key = await this.key();
    const base = {
      client: copilot,
      found: { installed: host.version() !== undefined, version: host.version(), origin: made?.origin, key: undefined, model: undefined },
      applied: made && appliedOf(made),
      key,
    };
    if (!base.found.installed) return { ...base, state: { is: 'absent' } };
    if (!made) return { ...base, state: { is: 'not-set-up', elsewhere: undefined } };
    const place = made.path === undefined ? undefined : await this.place(made.path);
    if (place?.is === 'broken') return { ...base, state: { is: 'broken', path: made.path ?? '', ...place.problem } };
    const differences = [...keyDifferences(key), ...(place ? driftOfGroup(place, made.written, await this.wanted(made)) : [])];
    if (differences.length > 0) return { ...base, state: { is: 'drifted', differences } };
    const lastSeen = 'row' in key ? await gateway.lastSeen(key.row.name) : undefined;
    return { ...base, state: { is: 'set-up', model: undefined, lastSeen } };
  }

  async key(): Promise<ToolKey> {
    const made = this.#from.host.made();
    return await this.#from.keys.find('copilot', made && appliedOf(made), undefined);
  }

  /** What the group shall hold. */
  async wanted({ chosen }: Pick<MadeGroup, 'chosen'>): Promise<GroupModel[]> {
    const { gateway } = this.#from;
    const all = await gateway.models();
    const models = chosen ? all.filter(({ name }) => chosen.includes(name)) : offer(all, undefined).models;
    return groupModels(models, gateway.origin);
  }

  async models(): Promise<GatewayModel[]> {
    return await this.#from.gateway.models();
  }

  async place(path: string): Promise<GroupPlace> {
    const file = await readSettings(path);
    if (!file.ok) return file.refusal.is === 'broken' ? { is: 'broken', problem: file.refusal.problem } : { is: 'absent' };
    return findGroup(file.value.text, format.read);
  }

  /** The file a new group goes to, as far as it can be told, with the group in it: to be shown. The key becomes a secret. */
  async previewNew(models: readonly GroupModel[]): Promise<PreviewFile[]> {
    const [path] = await this.#from.host.files();
    if (path === undefined) return [];
    const file = unwrapped(await readSettings(path));
    const group = { ...GROUP, apiKey: SECRET, apiType: 'chat-completions', models: [...models] };
    const groups = format.read(file.exists ? file.text : '[]');
    const at = groups.ok && Array.isArray(groups.value) ? groups.value.length : 0;
    return [previewOf(file, [{ set: [at], to: group }])];
  }

  /** What would bring the group in step; empty where it is, or where its file cannot be reached. */
  async previewStep(made: MadeGroup): Promise<{ files: PreviewFile[]; kept: string[]; written: GroupModel[] }> {
    const place = made.path === undefined ? undefined : await this.place(made.path);
    if (place?.is !== 'there' || made.path === undefined) return { files: [], kept: [], written: made.written };
    const { edits, kept, written } = mergeGroup(place, made.written, await this.wanted(made));
    const file = unwrapped(await readSettings(made.path));
    return { files: edits.length > 0 ? [previewOf(file, edits)] : [], kept, written };
  }

  /** Makes the group, with a key of its own. The key is taken back when the editor did not make it. */
  async make(chosen: string[] | undefined): Promise<{ keyName: string; path: string | undefined }> {
    const { host, keys, gateway, now } = this.#from;
    const models = await this.wanted({ chosen });
    const held = await keys.hold('copilot', await this.key(), {});
    try {
      await host.create({ ...GROUP, apiKey: held.key, apiType: 'chat-completions', models });
    } catch (error) {
      if (held.isNew) await keys.drop('copilot', held.id);
      throw error;
    }
    const path = await this.#findFile();
    await host.setMade({ at: now(), origin: gateway.origin, keyId: held.id, path, chosen, written: models });
    return { keyName: held.name, path };
  }

  /** Writes what was shown; refused when somebody wrote since. */
  async writeStep(
    made: MadeGroup,
    { files, written }: { files: readonly PreviewFile[]; written: GroupModel[] },
  ): Promise<FileResult<void>> {
    const { host, gateway, now } = this.#from;
    return await refusing(made.path ?? '', async () => {
      for (const { path, readAt, after } of files) {
        const file = unwrapped(await readSettings(path));
        if (file.readAt.hash !== readAt.hash)
          refuse('changed', path, `${path} was changed since it was shown. Nothing was written; try again.`);
        await writeAll([{ file, content: after, keepCopy: false }], now());
      }
      await host.setMade({ ...made, at: now(), origin: gateway.origin, written });
    });
  }

  /** Brings the group in step without showing it: for who asked for that. */
  async bringInStep(): Promise<FileResult<'written' | 'unchanged'>> {
    const made = this.#from.host.made();
    if (!made) return { ok: true, value: 'unchanged' };
    return await refusing(made.path ?? '', async () => {
      const planned = await this.previewStep(made);
      if (planned.files.length === 0) return 'unchanged';
      const written = await this.writeStep(made, planned);
      if (!written.ok)
        refuse(written.refusal.is === 'broken' ? 'failed' : written.refusal.is, written.refusal.path, written.refusal.message);
      return 'written';
    });
  }

  /** Takes the group and its key away; models the user added to it stay. Gives what stayed. */
  async remove(made: MadeGroup, dropKey = true): Promise<FileResult<string[]>> {
    const { host, keys, now } = this.#from;
    return await refusing(made.path ?? '', async () => {
      const file = made.path === undefined ? undefined : unwrapped(await readSettings(made.path));
      const place = file && findGroup(file.text, format.read);
      if (file && place?.is === 'broken') refuse('failed', file.path, `${file.path}, line ${place.problem.line}: ${place.problem.message}`);
      const { edits, kept } = place?.is === 'there' ? removeGroup(place, made.written) : { edits: [], kept: [] };
      if (file && edits.length > 0) await writeAll([{ file, content: previewOf(file, edits).after, keepCopy: false }], now());
      await host.setMade(undefined);
      if (dropKey) await keys.drop('copilot', made.keyId);
      return kept;
    });
  }

  async #findFile(): Promise<string | undefined> {
    for (let left = FILE_TRIES; left > 0; left -= 1) {
      for (const path of await this.#from.host.files()) if ((await this.place(path)).is === 'there') return path;
      await new Promise((resolve) => setTimeout(resolve, FILE_PAUSE_MS));
    }
    return undefined;
  }
}

const SECRET = `\${input:…}`;

function previewOf(file: SettingsText, edits: TextEdit[]): PreviewFile {
  const { path, realPath, exists, readAt } = file;
  const before = exists ? file.text : '';
  const result = format.apply(before.trim() === '' ? '[]' : before, edits);
  if (!result.ok) refuse('failed', path, `${path}, line ${result.problem.line}: ${result.problem.message}`);
  const after = result.ok ? result.text : before;
  return { path, realPath, exists, readAt, before, after, shown: after, plan: { path, format: 'json', edits } };
}

function unwrapped(read: FileResult<SettingsText>): SettingsText {
  if (read.ok) return read.value;
  const { refusal } = read;
  return refuse(refusal.is === 'broken' ? 'failed' : refusal.is, refusal.path, refusal.message);
}

function appliedOf({ at, origin, keyId, written, path }: MadeGroup): AppliedSetup {
  const files = path === undefined ? [] : [{ path, backup: undefined, beforeHash: undefined, afterHash: '', undo: undefined }];
  return { client: 'copilot', at, origin, model: '', keyId, models: written.map(({ id }) => id), files };
}

function keyDifferences(key: ToolKey): string[] {
  switch (key.is) {
    case 'good':
      return [];
    case 'replaced':
      return [l10n.t('The key "{0}" was replaced.', key.row.name)];
    case 'expired':
      return [l10n.t('The key "{0}" has expired.', key.row.name)];
    case 'removed':
    case 'none':
      return [l10n.t('Its key was removed: the gateway refuses it.')];
  }
}
