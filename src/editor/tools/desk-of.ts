import type { Editor } from '../editor.ts';
import { ToolDesk } from './desk.ts';
import { openToolbox } from './toolbox.ts';

const desks = new WeakMap<Editor, ToolDesk>();

/** The one desk of this window: what the view, the commands and the dashboard show is the same. */
export function deskOf(editor: Editor): ToolDesk {
  const known = desks.get(editor) ?? new ToolDesk(() => openToolbox(editor));
  desks.set(editor, known);
  return known;
}
