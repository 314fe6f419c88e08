import { nearest } from '../config/nearest.ts';
import type { Client } from './client.ts';

/** Every tool that can be set up, in the order they are shown. */
export const CLIENTS: readonly Client[] = [];

/** The tool of this word; `undefined` when there is none. */
export function clientById(id: string): Client | undefined {
  return CLIENTS.find((client) => client.id === id);
}

/** The words nearest to one that is no tool's. */
export function nearestClients(word: string, count: number): string[] {
  return nearest(
    word,
    CLIENTS.map(({ id }) => id),
    count,
  );
}
