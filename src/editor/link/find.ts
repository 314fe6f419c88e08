import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from './installation.ts';
import { type Met, shake } from './shake.ts';

/** Ports tried from the one that is wanted. */
export const MOST_PORTS = 21;
const ANSWER_MS = 2500;
/** For a gateway that said it is there, and whose process is: it may be stopped, or the machine very busy. */
const PATIENT_MS = 20_000;
/** Before a port is believed to be somebody else's: a gateway that was just ending, or whose key was just changed, is not. */
const SECOND_LOOK_MS = 250;

export type Ours = Extract<Met, { is: 'ours' }>;
export type Taken = Extract<Met, { is: 'silent' | 'stranger' }>;

export type Found =
  /** `taken`: who has the port that is wanted, where that was seen. */
  | { is: 'gateway'; port: number; met: Ours; taken: Taken | undefined }
  /** There is none; this port is free for one. */
  | { is: 'free'; port: number; taken: Taken | undefined }
  /** No gateway, and no free port. */
  | { is: 'full' };

export interface Search {
  wanted: number;
  installation: Installation;
  /** Ports that are free to look at, but cannot be bound. */
  unusable: ReadonlySet<number>;
  signal: AbortSignal;
}

/** Looks for the gateway of the installation: where one said it is, then from the wanted port on, up to the first that is free. */
export async function find(search: Search): Promise<Found> {
  const { wanted, installation, unusable } = search;
  const told = await installation.published();
  if (told && told.port !== wanted) {
    const met = await meet(told.port, search);
    if (met.is === 'ours') return { is: 'gateway', port: told.port, met, taken: undefined };
  }
  let taken: Taken | undefined;
  for (let port = wanted; port < wanted + MOST_PORTS && port <= 65_535; port += 1) {
    const met = await meet(port, search);
    if (met.is === 'ours') return { is: 'gateway', port, met, taken };
    if (met.is === 'absent' && !unusable.has(port)) return { is: 'free', port, taken };
    if (port === wanted) taken = met.is === 'absent' ? { is: 'stranger', omniroute: false } : met;
  }
  return { is: 'full' };
}

/** Who is on a port, looked at twice where it seems to be a stranger, and for long where it seems to be a gateway that is asleep. */
export async function meet(port: number, { installation, signal }: Pick<Search, 'installation' | 'signal'>): Promise<Met> {
  const first = await shake(port, installation.hashes, ANSWER_MS, signal);
  switch (first.is) {
    case 'ours':
    case 'absent':
      return first;
    case 'stranger':
      await pause(SECOND_LOOK_MS, undefined, { signal });
      return await shake(port, installation.hashes, ANSWER_MS, signal);
    case 'silent': {
      const told = await installation.published();
      if (told?.port !== port || !told.alive) return first;
      return await shake(port, installation.hashes, PATIENT_MS, signal);
    }
  }
}
