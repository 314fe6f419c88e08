import * as l10n from '@vscode/l10n';
import { commands, env, window } from 'vscode';
import { openConfigFile } from '../commands/general/open-config.ts';
import type { Editor } from '../editor.ts';
import type { Disposable } from '../emitter.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { Pace, realTimers } from '../status-bar/pace.ts';
import { type Notice, type NoticeKind, SETTING_OF, type Told } from './notice.ts';
import { Noticer, type Standing } from './noticer.ts';
import { offerFor } from './port-offer.ts';
import { type Action, type Message, messageOf } from './texts.ts';

const TOLD = 'omniroute.told';
const LEAST_MS = 1000;

/** Rare messages: what the user should know although he looks elsewhere. */
export function register(editor: Editor): Disposable {
  const noticer = new Noticer(toldIn(editor), Date.now());
  let wake: (() => void) | undefined;
  const look = (): void => {
    const now = Date.now();
    const notices = noticer.look(editor.live.snapshot, now, standing(editor), (kind) => readSetting(SETTING_OF[kind]));
    for (const notice of notices) void show(editor, notice, now).catch((error: unknown) => editor.log.warn(String(error)));
    wake?.();
    const next = noticer.nextIn(now);
    wake = next === undefined ? undefined : realTimers.after(next + 1, () => pace.ask());
  };
  const pace = new Pace(LEAST_MS, look);
  const parts = [editor.live.onDidChange(() => pace.ask()), window.onDidChangeWindowState(() => pace.ask()), pace];
  pace.ask();
  return {
    dispose: () => {
      wake?.();
      for (const part of parts) part.dispose();
    },
  };
}

function standing({ link: { state } }: Editor): Standing {
  return { focused: window.state.focused, owner: state.is === 'ready' && state.owner };
}

/** The editor keeps it for all windows, and over restarts. */
function toldIn({ context: { globalState } }: Editor): Told {
  return {
    read: () => globalState.get<Record<string, number | null>>(TOLD) ?? {},
    write: (told) => void globalState.update(TOLD, told),
  };
}

async function show(editor: Editor, notice: Notice, now: number): Promise<void> {
  const message = messageOf(notice, now);
  if (!message) return;
  const offered = await offerOf(notice);
  const never = l10n.t("Don't Show Again");
  const labels = [...(offered ? [offered.label] : []), ...message.buttons.map(({ label }) => label), never];
  const chosen = await shown(message, labels);
  if (chosen === undefined) return;
  if (chosen === never) await turnOff(notice.kind);
  else if (chosen === offered?.label) await offered.run();
  else await act(editor, message.buttons.find(({ label }) => label === chosen)?.action);
}

async function offerOf({ findings: [first] }: Notice): ReturnType<typeof offerFor> {
  return first?.kind === 'port' ? await offerFor({ from: first.taken.wanted, to: first.port, url: first.url }) : undefined;
}

async function shown({ severity, text }: Message, labels: string[]): Promise<string | undefined> {
  switch (severity) {
    case 'info':
      return await window.showInformationMessage(text, ...labels);
    case 'warning':
      return await window.showWarningMessage(text, ...labels);
    case 'error':
      return await window.showErrorMessage(text, ...labels);
  }
}

async function turnOff(kind: NoticeKind): Promise<void> {
  await writeSetting(SETTING_OF[kind], false);
}

async function act(editor: Editor, action: Action | undefined): Promise<void> {
  switch (action?.do) {
    case 'command':
      await commands.executeCommand(action.command, ...(action.argument === undefined ? [] : [action.argument]));
      break;
    case 'copy':
      await env.clipboard.writeText(action.text);
      break;
    case 'settings':
      await commands.executeCommand('workbench.action.openSettings', action.query);
      break;
    case 'open-config':
      await openConfigFile(editor, action.message);
      break;
    case undefined:
      break;
  }
}
