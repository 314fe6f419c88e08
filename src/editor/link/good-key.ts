import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from './send.ts';

/** A gateway reads config.json again a moment after it was changed. */
const AGAIN_MS = 40;
const GIVE_UP_MS = 3000;

/**
 * Waits until the gateway takes a key that may have been made a moment ago; for three seconds, then whoever uses it is told no. Rejects
 * with Unanswered when the gateway is gone.
 */
export async function takenKey(port: number, key: string, agent: Agent, signal: AbortSignal): Promise<string> {
  const giveUp = Date.now() + GIVE_UP_MS;
  for (;;) {
    const { status, body } = await send({ port, key }, '/health', { signal }, agent);
    await body?.cancel();
    if (status !== 401 || Date.now() > giveUp) return key;
    await pause(AGAIN_MS, undefined, { signal });
  }
}
