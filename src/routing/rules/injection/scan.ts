import { unhidden } from './hidden.ts';
import { PHRASES, type Phrase } from './phrases.ts';

export interface Finding {
  /** For people: the kind. */
  what: string;
  points: number;
  /** Where it begins, in characters. */
  at: number;
  /** Its words, shortened. */
  excerpt?: string;
}

export interface Suspicion {
  /** Of the findings that stand closest together; each kind counts once. */
  points: number;
  findings: Finding[];
}

/** Findings further apart than this do not add up: an attack is written in one place. */
const TOGETHER = 2000;
/** Per text. A text with more beginnings of phrases is not ordinary text; the bound keeps it cheap. */
const MOST_TRIES = 50_000;
const MOST_FINDINGS = 200;

const BY_ANCHOR = new Map<string, Phrase[]>();
for (const phrase of PHRASES) {
  for (const anchor of phrase.anchors) BY_ANCHOR.set(anchor, [...(BY_ANCHOR.get(anchor) ?? []), phrase]);
}
/** All anchors at once: one pass over the text is four times as fast as a search for each. */
const ANCHORS = new RegExp([...BY_ANCHOR.keys()].map((anchor) => anchor.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');

/** How much a text speaks to an AI instead of informing it. Linear in its length. */
export function suspicionOf(text: string): Suspicion {
  const seen = unhidden(text);
  const lower = seen.text.toLowerCase();
  const findings = [...seen.findings, ...findAll(lower)];
  return findings.length === 0 ? { points: 0, findings } : closest(findings);
}

function findAll(text: string): Finding[] {
  const found: Finding[] = [];
  ANCHORS.lastIndex = 0;
  for (let tries = 0; tries < MOST_TRIES && found.length < MOST_FINDINGS; tries += 1) {
    const match = ANCHORS.exec(text);
    if (!match) break;
    for (const phrase of BY_ANCHOR.get(match[0]) ?? []) found.push(...findAt(phrase, text, match.index));
  }
  return found;
}

function findAt(phrase: Phrase, text: string, at: number): Finding[] {
  phrase.at.lastIndex = at;
  const [words] = phrase.at.exec(text) ?? [];
  return words === undefined || isQuoted(text, at, words.length) ? [] : [finding(phrase, at, words)];
}

function finding({ what, points }: Phrase, at: number, words: string): Finding {
  const plain = words.replace(/\s+/g, ' ');
  return { what, points, at, excerpt: plain.length > 60 ? `${plain.slice(0, 60)}…` : plain };
}

const OPENING = '"\'`“‘«‹「（';
const CLOSING: Record<string, string> = { '“': '”', '‘': '’', '«': '»', '‹': '›', '「': '」', '（': '）' };
/** How far behind the words the quotation may end: what goes on longer is speech, not mention. */
const MENTION = 40;

/**
 * Words put in quotation marks or code are spoken about (documentation, a test, a template's source), not spoken. A JSON value is
 * no quotation: tools give their findings so.
 */
function isQuoted(text: string, at: number, length: number): boolean {
  const mark = text.charAt(at - 1);
  if (mark === '' || !OPENING.includes(mark)) return false;
  if (mark === '"' && /"\s?:\s?"$/.test(text.slice(Math.max(0, at - 5), at))) return false;
  const behind = text.slice(at + length, at + length + MENTION);
  return behind.includes(CLOSING[mark] ?? mark);
}

/** The findings within `TOGETHER` characters that weigh most. */
function closest(findings: Finding[]): Suspicion {
  const ordered = findings.toSorted((a, b) => a.at - b.at).slice(0, MOST_FINDINGS);
  let best: Suspicion = { points: 0, findings: [] };
  for (const [index, first] of ordered.entries()) {
    const kinds = new Map<string, Finding>();
    for (const next of ordered.slice(index)) {
      if (next.at - first.at > TOGETHER) break;
      if ((kinds.get(next.what)?.points ?? 0) < next.points) kinds.set(next.what, next);
    }
    const points = [...kinds.values()].reduce((sum, one) => sum + one.points, 0);
    if (points > best.points) best = { points, findings: [...kinds.values()] };
  }
  return best;
}
