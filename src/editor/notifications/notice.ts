import type { Setting } from '../contributions.ts';
import type { LinkState, TakenPort } from '../link/link.ts';

/** Something that holds now and that the user may want to know. */
export type Finding =
  | { kind: 'quota'; account: string; accountName: string; window: string; left: number; resetsAt: number | undefined }
  /** `until`: when the first account is free again, where that is known. */
  | { kind: 'unavailable'; requested: string; until: number | undefined }
  | { kind: 'sign-in'; account: string; accountName: string }
  | { kind: 'budget'; budget: string; reached: boolean; hard: boolean; resetsAt: number }
  | { kind: 'port'; taken: TakenPort; port: number; url: string }
  | { kind: 'failed'; reason: Extract<LinkState, { is: 'failed' }>['reason']; message: string };
export type NoticeKind = Finding['kind'];

/** Findings of one kind, told as one message. */
export interface Notice<K extends NoticeKind = NoticeKind> {
  kind: K;
  findings: Extract<Finding, { kind: K }>[];
}

/** A finding with what it is remembered by. */
export interface Candidate {
  /** The same for as long as it is the same to the user. */
  key: string;
  finding: Finding;
  /** Milliseconds since the epoch until when it need not be told again; `undefined`: until it is over. */
  until: number | undefined;
  /** Keys of what is told with it: who knows that a quota is used up need not hear that it is low. */
  also?: string[];
}

/** What was told, by key, and until when; kept for all windows, over reloads. */
export interface Told {
  /** `null`: until it is over. */
  read(): Readonly<Record<string, number | null>>;
  write(told: Record<string, number | null>): void;
}

/** The setting that turns a kind off. */
export const SETTING_OF = {
  quota: 'notifications.quota',
  unavailable: 'notifications.unavailable',
  'sign-in': 'notifications.signIn',
  budget: 'notifications.budget',
  port: 'notifications.gateway',
  failed: 'notifications.gateway',
} as const satisfies Record<NoticeKind, Setting>;
