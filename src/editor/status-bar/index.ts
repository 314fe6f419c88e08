import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import type { Editor } from '../editor.ts';
import type { Disposable } from '../emitter.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import { Pace, realTimers } from './pace.ts';
import { changesIn, running, situationOf } from './situation.ts';
import { itemText } from './text.ts';
import { TOOLTIP_COMMANDS, tooltip } from './tooltip.ts';

/** Twice a second is as often as anybody reads. */
const LEAST_MS = 500;
/** Countdowns in the tooltip are in minutes. */
const MOST_MS = 30_000;
/** Left of most: the right end belongs to the editor's own items. */
const PRIORITY = 90;

/** The status bar item: what matters now, more of it in the tooltip, all that can be done in its menu. */
export function register(editor: Editor): Disposable {
  const item = window.createStatusBarItem('omniroute.status', StatusBarAlignment.Right, PRIORITY);
  item.name = 'OmniRoute';
  item.command = 'omniroute.menu';
  let wake: (() => void) | undefined;
  let connectingSince: number | undefined;
  const draw = (): void => {
    const now = Date.now();
    const { snapshot } = editor.live;
    connectingSince = snapshot.link.is === 'connecting' ? (connectingSince ?? now) : undefined;
    show(item, editor, now, connectingSince);
    wake?.();
    wake = realTimers.after(Math.min(MOST_MS, (changesIn(snapshot, now, connectingSince) ?? MOST_MS) + 1), () => pace.ask());
  };
  const pace = new Pace(LEAST_MS, draw);
  const parts = [editor.live.onDidChange(() => pace.ask()), onSettingChange('statusBar.show', () => pace.ask()), pace, item];
  pace.ask();
  return {
    dispose: () => {
      wake?.();
      for (const part of parts) part.dispose();
    },
  };
}

function show(item: StatusBarItem, { live: { snapshot } }: Editor, now: number, connectingSince: number | undefined): void {
  const setting = readSetting('statusBar.show');
  const drawn = itemText(situationOf(snapshot, setting, now, connectingSince), setting, running(snapshot), now);
  if (!drawn) {
    item.hide();
    return;
  }
  // What is set again is drawn again, and closes a tooltip that is open.
  const text = drawn.text === '' ? `$(${drawn.icon})` : `$(${drawn.icon}) ${drawn.text}`;
  if (item.text !== text) item.text = text;
  if (item.accessibilityInformation?.label !== drawn.label) item.accessibilityInformation = { label: drawn.label, role: 'button' };
  if ((item.backgroundColor !== undefined) !== drawn.alarm) {
    item.backgroundColor = drawn.alarm ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  }
  const markdown = tooltip(snapshot, now);
  if (!(item.tooltip instanceof MarkdownString) || item.tooltip.value !== markdown) item.tooltip = trusted(markdown);
  item.show();
}

function trusted(markdown: string): MarkdownString {
  const text = new MarkdownString(markdown, true);
  text.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
  return text;
}
