import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposable } from 'vscode';
import type { ToolLook } from '../../clients/tool-look.ts';
import type { Editor } from '../editor.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import type { ToolDesk } from './desk.ts';

/** Start-up has better things to do; and changes of models come in bursts. */
const QUIET_MS = 3000;

/**
 * Looks, once the gateway is reached and when it or its models change, whether the tools that were set up here are still as they were.
 * What differs is counted on the view; written is only what `omniroute.autoSetup` names, and by the window that runs the gateway alone.
 */
export function keepInStep(editor: Editor, desk: ToolDesk, drifted: (count: number) => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(editor, desk).catch((error: unknown) => editor.log.warn(`tools: ${String(error)}`)), QUIET_MS);
  };
  const listeners = [
    editor.live.onDidChange((slices) => (slices.has('link') || slices.has('models')) && soon()),
    onSettingChange('autoSetup', soon),
    desk.onDidChange(() => drifted(desk.looks.filter(({ state }) => state.is === 'drifted').length)),
  ];
  soon();
  return Disposable.from(...listeners, new Disposable(() => clearTimeout(timer)));
}

async function check(editor: Editor, desk: ToolDesk): Promise<void> {
  const { link, context } = editor;
  if (link.state.is !== 'ready' || !(await isAnythingSetUp(context.globalStorageUri.fsPath))) return;
  const { SetupsFile } = await import('../../clients/setups-file.ts');
  const kept = await new SetupsFile(context.globalStorageUri.fsPath, () => {}).all();
  if (kept.length === 0) return;
  const looks = await desk.lookAtThese(kept.map(({ client }) => client));
  if (!link.state.owner) return;
  const chosen = readSetting('autoSetup');
  for (const look of looks.filter(({ client }) => chosen.includes(client.id))) await writeIfNeeded(editor, desk, look);
}

async function isAnythingSetUp(folder: string): Promise<boolean> {
  return await stat(join(folder, 'setups.json')).then(
    () => true,
    () => false,
  );
}

async function writeIfNeeded({ log }: Editor, desk: ToolDesk, { client, state }: ToolLook): Promise<void> {
  if (state.is !== 'set-up' && state.is !== 'drifted') return;
  const { setup } = await desk.box();
  const prepared = await setup.prepare(client, {});
  if (!prepared.ok) return log.warn(`${client.name} is not kept in step: ${prepared.refusal.message}`);
  if (prepared.preview.unchanged && prepared.key.is === 'good') return;
  const written = await setup.write(prepared);
  if (written.ok) log.info(`${client.name} was set up anew, as omniroute.autoSetup wants it`);
  else log.warn(`${client.name} is not kept in step: ${written.refusal.message}`);
  await desk.lookAt(client);
}
