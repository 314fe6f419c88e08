import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposable } from 'vscode';
import type { ClientId } from '../../clients/client.ts';
import type { ToolLook } from '../../clients/tool-look.ts';
import type { Editor } from '../editor.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import { MADE } from './copilot/host.ts';
import type { ToolDesk } from './desk.ts';
import { writtenAgain } from './flows/moved.ts';

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
  if (link.state.is !== 'ready') return;
  const ids = [...(await setUpHere(context.globalStorageUri.fsPath)), ...(context.globalState.get(MADE) ? (['copilot'] as const) : [])];
  if (ids.length === 0) return;
  const looks = await desk.lookAtThese(ids);
  if (!link.state.owner) return;
  const chosen = readSetting('autoSetup');
  for (const look of looks.filter(({ client }) => chosen.includes(client.id))) await writeIfNeeded(editor, desk, look);
}

/** A look at one small file: most windows have nothing more to do. */
async function setUpHere(folder: string): Promise<ClientId[]> {
  const isThere = await stat(join(folder, 'setups.json')).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const { SetupsFile } = await import('../../clients/setups-file.ts');
  return (await new SetupsFile(folder, () => {}).all()).map(({ client }) => client);
}

async function writeIfNeeded({ log }: Editor, desk: ToolDesk, { client, state }: ToolLook): Promise<void> {
  if (state.is !== 'set-up' && state.is !== 'drifted') return;
  const written = await writtenAgain(await desk.box(), client);
  if (!written.ok) return log.warn(`${client.name} is not kept in step: ${written.refusal.message}`);
  if (!written.changed) return;
  log.info(`${client.name} was set up anew, as omniroute.autoSetup wants it`);
  await desk.lookAt(client);
}
