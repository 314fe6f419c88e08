import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { PreviewFile, Refusal } from '../../../clients/setup-contract.ts';
import type { ToolLook } from '../../../clients/tool-look.ts';
import type { AdminApi } from '../../admin/api.ts';
import type { Ui } from '../../input/ui.ts';
import type { Live } from '../../live/snapshot.ts';
import type { CopilotContext } from '../copilot/flow.ts';
import type { ToolDesk } from '../desk.ts';
import { stateWords } from '../words.ts';

/** A change that is on the screen. */
export interface ShownChange {
  close(): Promise<void>;
}

/** What the flows about tools work with. */
export interface ToolContext {
  ui: Ui;
  desk: ToolDesk;
  live: Pick<Live, 'snapshot' | 'onDidChange'>;
  admin: Pick<AdminApi, 'keys' | 'addKey' | 'requests'>;
  /** Shows what would be written beside what is there; of a file's text, `shown`. */
  showChange(title: string, files: readonly PreviewFile[]): Promise<ShownChange>;
  /** Line and column from 1. */
  openFile(path: string, place?: { line?: number; column?: number }): Promise<void>;
  /** A text to read in a tab. */
  showText(title: string, text: string, language?: string): Promise<void>;
  copy(text: string): Promise<void>;
  now(): number;
}

/** The tool a command is about: the one it was called on, or the one the user chooses among those that fit. */
export async function whichTool(
  { ui, desk, now }: ToolContext,
  id: string | undefined,
  { title, none, fits }: { title: string; none: string; fits: (look: ToolLook) => boolean },
): Promise<Client | undefined> {
  if (id !== undefined) return (await desk.box()).clients.find((client) => client.id === id);
  if (desk.state.is !== 'read') {
    const waited = await ui.progress(l10n.t('Looking for tools…'), () => desk.lookAtAll());
    if (waited.is === 'cancelled') return undefined;
  }
  if (desk.state.is === 'failed') throw new Error(desk.state.message);
  const choice = desk.looks.filter(fits);
  if (choice.length === 0) return void (await ui.tell('info', none));
  const answer = await ui.pick({
    title,
    placeholder: l10n.t('Which tool?'),
    items: choice.map((look) => ({ label: look.client.name, description: stateWords(look, now()), value: look.client })),
  });
  return answer.is === 'value' ? answer.value : undefined;
}

/** What Copilot Chat's group needs beside; `undefined`: it is another tool, or there is no editor to make groups. */
export async function copilotOf(context: ToolContext, client: Client): Promise<CopilotContext | undefined> {
  const { copilot } = client.id === 'copilot' ? await context.desk.box() : {};
  return copilot && { ...context, ...copilot };
}

/** Says why nothing was written; a file that does not parse is opened where it breaks. */
export async function tellRefusal({ ui, openFile }: ToolContext, refusal: Refusal): Promise<void> {
  if (refusal.is === 'broken') {
    await openFile(refusal.path, refusal.problem);
    await ui.tell('error', refusal.message);
    return;
  }
  const open = l10n.t('Open File');
  const isThere = refusal.is !== 'no-folder' && refusal.is !== 'not-a-file' && refusal.is !== 'instructions-only';
  if ((await ui.tell('error', refusal.message, ...(isThere ? [open] : []))) === open) await openFile(refusal.path);
}
