import { FileVault } from '../../accounts/file-vault.ts';
import type { Client, Machine } from '../../clients/client.ts';
import { ToolKeys } from '../../clients/key-keeper.ts';
import { AdminKeys, ConfigKeys } from '../../clients/key-keepers.ts';
import type { Setups } from '../../clients/setup-contract.ts';
import { openSetups } from '../../clients/setups.ts';
import { type GatewaySide, ToolSetup } from '../../clients/tool-setup.ts';
import { ConfigFile } from '../../config/file.ts';
import { readRuntimeFile } from '../../config/runtime-file.ts';
import { type GatewayClient, runningGateway } from '../gateway-client.ts';
import type { Io } from '../io.ts';
import { thisMachine } from './machine.ts';
import { offlineFacts } from './offline.ts';
import { keyCalls, runningFacts } from './running.ts';

/** What the ways of calling `omniroute setup` share. */
export interface SetupContext {
  io: Io;
  folder: string;
  machine: Machine;
  setups: Setups;
  tools: ToolSetup;
  gateway: GatewaySide;
  /** Of a gateway that runs, and whose key is here. */
  client: GatewayClient | undefined;
}

/** `port`: where the gateway listens when it runs, as the user says. `clients`: those the command is about. */
export async function setupContext(folder: string, io: Io, port: number | undefined, clients: readonly Client[]): Promise<SetupContext> {
  const file = new ConfigFile(folder);
  const config = await file.load();
  const machine = thisMachine(io.env);
  const setups = openSetups({ machine, folder, now: Date.now });
  const client = await runningGateway(folder);
  const gateway = client
    ? runningFacts(client)
    : offlineFacts(folder, config, port === undefined ? await likelyOrigin(folder, setups, clients) : originOn(port), io);
  const keys = new ToolKeys(client ? new AdminKeys(keyCalls(client)) : new ConfigKeys(file, Date.now), new FileVault(folder), Date.now);
  return { io, folder, machine, setups, tools: new ToolSetup({ setups, keys, gateway }), gateway, client };
}

const USUAL_PORT = 20128;

function originOn(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Where the gateway will listen: where one runs that this command has no key of (an editor's), else where the last tool was told, else the usual port. */
async function likelyOrigin(folder: string, setups: Setups, clients: readonly Client[]): Promise<string> {
  const runtime = await readRuntimeFile(folder);
  if (runtime && isAlive(runtime.pid)) return runtime.url;
  const states = await Promise.all(clients.map((client) => setups.state(client)));
  const last = states.flatMap(({ applied }) => applied ?? []).sort((a, b) => b.at - a.at)[0];
  return last?.origin ?? originOn(USUAL_PORT);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
