import type { Client, Found } from './client.ts';
import type { ToolKey, ToolKeys } from './key-keeper.ts';
import type { AppliedSetup, Setups, ToolState } from './setup-contract.ts';
import type { GatewaySide } from './tool-setup.ts';

/** A tool as the view and the command line show it. */
export interface ToolLook {
  client: Client;
  found: Found;
  state: ToolState;
  applied: AppliedSetup | undefined;
  key: ToolKey;
}

interface From {
  setups: Setups;
  keys: ToolKeys;
  gateway: GatewaySide;
}

/** What its files tell, and whether its address, key and model are still the gateway's. Changes nothing. */
export async function look(client: Client, { setups, keys, gateway }: From): Promise<ToolLook> {
  const { found, state, applied } = await setups.state(client);
  const key = await keys.find(client.id, applied, found.key);
  const seen = { client, found, applied, key };
  if (!applied || (state.is !== 'set-up' && state.is !== 'drifted')) return { ...seen, state };
  const outside = [...keyDifference(client, key, found), ...(await modelDifference(applied, gateway))];
  const differences = [...(state.is === 'drifted' ? state.differences : []), ...outside];
  if (differences.length > 0) return { ...seen, state: { is: 'drifted', differences } };
  const lastSeen = 'row' in key ? await gateway.lastSeen(key.row.name) : undefined;
  return { ...seen, state: state.is === 'set-up' ? { ...state, lastSeen: lastSeen ?? state.lastSeen } : state };
}

function keyDifference({ name }: Client, key: ToolKey, found: Found): string[] {
  switch (key.is) {
    case 'good':
      return found.key !== undefined && found.key !== key.key ? [`${name} uses another key than its own, "${key.row.name}".`] : [];
    case 'replaced':
      return [`The key of ${name}, "${key.row.name}", was replaced; ${graceOf(key.row.previousUntil)}.`];
    case 'expired':
      return [`The key of ${name}, "${key.row.name}", expired at ${key.row.expiresAt}.`];
    case 'removed':
    case 'none':
      return [`The key of ${name} was removed: the gateway refuses it.`];
  }
}

function graceOf(until: string | undefined): string {
  return until === undefined ? 'the old one is refused' : `the old one works until ${until}`;
}

/**
 * Whatever is usual may lead nowhere for a while: an account is still to be added. Without a gateway providers would have to be asked, for a
 * look that should take no time.
 */
async function modelDifference({ model }: AppliedSetup, gateway: GatewaySide): Promise<string[]> {
  if (model === 'auto' || !gateway.running) return [];
  return await gateway.check(model).then(
    () => [],
    () => [`The model "${model}" is not to be had any more.`],
  );
}
