import * as l10n from '@vscode/l10n';
import type { ToolState } from '../../clients/setup-contract.ts';
import type { ToolLook } from '../../clients/tool-look.ts';
import { formatMoment } from '../format/index.ts';
import type { LiveRequest } from '../live/snapshot.ts';
import { card, escaped } from '../views/tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../views/tree/node.ts';
import type { DeskState } from './desk.ts';
import { notesOf, seenWords, stateWords, type ToolStanding } from './words.ts';

interface Shown {
  looks: readonly ToolLook[];
  state: DeskState;
  /** Those under way and over, newest first: what a tool asked since it was looked at counts too. */
  requests: readonly LiveRequest[];
}

/** The tools that are there, those that are not (folded), and what is for any other. Nothing until they were looked at. */
export function toolNodes({ looks, state, requests }: Shown, now: number): ViewNode[] {
  if (state.is === 'unread') return [];
  const fresh = looks.map((look) => withRequests(look, requests));
  const found = fresh.filter((look) => !isAway(look));
  const away = fresh.filter(isAway);
  return [
    ...(state.is === 'failed' ? [failedNode(state.message)] : []),
    ...(state.is === 'reading' && looks.length === 0 ? [readingNode()] : []),
    ...found.map((look) => toolNode(look, now)),
    ...(looks.length > 0 ? [otherNode()] : []),
    ...(away.length > 0 ? [awayNode(away, now)] : []),
  ];
}

/** Neither there nor ever set up. */
export function isAway({ found, state, applied }: Pick<ToolLook, 'found' | 'state' | 'applied'>): boolean {
  return !applied && (state.is === 'absent' || (state.is === 'instructions' && !found.installed));
}

function withRequests(look: ToolLook, requests: readonly LiveRequest[]): ToolLook {
  return 'row' in look.key ? { ...look, state: withSeen(look.state, look.key.row.name, requests) } : look;
}

/** Its state, with what it asked since it was looked at; `requests`: newest first. */
export function withSeen(state: ToolState, keyName: string, requests: readonly LiveRequest[]): ToolState {
  if (state.is !== 'set-up') return state;
  const seen = requests.find(({ key }) => key === keyName)?.startedAt;
  return { ...state, lastSeen: Math.max(seen ?? 0, state.lastSeen ?? 0) || undefined };
}

function toolNode(look: ToolLook, now: number): ViewNode {
  const { id, name } = look.client;
  const words = stateWords(look, now);
  return {
    id: `tool:${id}`,
    ref: { kind: 'tool', tool: id },
    label: name,
    description: words,
    tooltip: tooltipOf(look, now),
    icon: iconOf(look),
    contextValue: contextOf(look),
    spoken: [name, words].join(', '),
  };
}

/** What the `when`s of the menus read. */
function contextOf(look: ToolLook): string {
  return ['tool', ...marksOf(look)].join('.');
}

/** What can be done with a tool, as the `when`s of its menu name it. */
export type ToolMark = 'settable' | 'unset' | 'drifted' | 'broken' | 'ours' | 'file' | 'key';

export function marksOf({ client, state, applied, key }: ToolLook): ToolMark[] {
  const isSettable = state.is !== 'broken' && (client.instructionsOnly === undefined || client.instructions !== undefined);
  const marks: (ToolMark | undefined)[] = [
    isSettable ? 'settable' : undefined,
    state.is === 'not-set-up' || state.is === 'instructions' ? 'unset' : undefined,
    state.is === 'drifted' ? 'drifted' : undefined,
    state.is === 'broken' ? 'broken' : undefined,
    applied ? 'ours' : undefined,
    state.is === 'broken' || (applied && applied.files.length > 0) ? 'file' : undefined,
    'row' in key ? 'key' : undefined,
  ];
  return marks.filter((mark) => mark !== undefined);
}

export function iconOf({ client, state }: ToolStanding): NodeIcon {
  switch (state.is) {
    case 'absent':
      return { id: 'circle-slash', color: COLORS.off };
    case 'instructions':
      return { id: 'book' };
    case 'not-set-up':
      return client.id === 'copilot' ? { id: 'pass', color: COLORS.good } : { id: 'circle-outline' };
    case 'set-up':
      return { id: 'pass', color: COLORS.good };
    case 'drifted':
      return { id: 'warning', color: COLORS.warning };
    case 'broken':
      return { id: 'error', color: COLORS.bad };
  }
}

function tooltipOf(look: ToolLook, now: number): string {
  const { client, found, state, applied, key } = look;
  const rows: [string, string | undefined][] = [
    [l10n.t('Version'), found.version && escaped(found.version)],
    [l10n.t('Asks'), escaped(found.origin ?? (state.is === 'not-set-up' ? (state.elsewhere ?? '') : ''))],
    [l10n.t('Model'), found.model && escaped(found.model)],
    [l10n.t('Key'), 'row' in key ? escaped(key.row.name) : undefined],
    [l10n.t('Last request'), state.is === 'set-up' ? escaped(seenWords(state.lastSeen, now)) : undefined],
    [l10n.t('Set up'), applied && escaped(formatMoment(applied.at))],
    [l10n.t('Settings'), applied?.files.map(({ path }) => escaped(path)).join('<br>')],
  ];
  const notes = notesOf(look).map(escaped);
  return card(client.name, rows, state.is === 'drifted' ? notes.map((note) => `- ${note}`) : notes);
}

function readingNode(): ViewNode {
  const label = l10n.t('Looking for tools…');
  return { id: 'tools:reading', ref: { kind: 'group', name: 'reading' }, label, icon: { id: 'loading~spin' }, spoken: label };
}

function failedNode(message: string): ViewNode {
  const label = l10n.t('The tools could not be looked at');
  return {
    id: 'tools:failed',
    ref: { kind: 'group', name: 'failed' },
    label,
    description: message,
    tooltip: escaped(message),
    icon: { id: 'error', color: COLORS.bad },
    spoken: [label, message].join(', '),
    command: { command: 'omniroute.tool.lookAgain', title: l10n.t('Look Again') },
  };
}

function otherNode(): ViewNode {
  const label = l10n.t('Any Other Tool');
  const description = l10n.t('address, key, snippets');
  return {
    id: 'tools:other',
    ref: { kind: 'group', name: 'other' },
    label,
    description,
    tooltip: l10n.t('The gateway’s address, a key of its own, and snippets for curl, Python, JavaScript and the environment.'),
    icon: { id: 'code' },
    spoken: [label, description].join(', '),
    command: { command: 'omniroute.tool.copySnippet', title: l10n.t('Copy a Snippet') },
  };
}

function awayNode(looks: readonly ToolLook[], now: number): ViewNode {
  const label = l10n.t('Not Found Here');
  return {
    id: 'tools:away',
    ref: { kind: 'group', name: 'away' },
    label,
    description: String(looks.length),
    icon: { id: 'search-stop', color: COLORS.off },
    spoken: `${label}, ${looks.length}`,
    children: looks.map((look) => toolNode(look, now)),
  };
}
