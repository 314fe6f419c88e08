import { FileVault } from '../../accounts/file-vault.ts';
import type { Client, Machine } from '../../clients/client.ts';
import { ToolKeys } from '../../clients/key-keeper.ts';
import { AdminKeys, ConfigKeys } from '../../clients/key-keepers.ts';
import type { Setups } from '../../clients/setup-contract.ts';
import { createSetups } from '../../clients/setups.ts';
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
  /** A gateway runs, whether or not this command has a key of it. */
  runs: boolean;
  /** Of a gateway that runs, and whose key is here. */
  client: GatewayClient | undefined;
}

/** `port`: where the gateway listens when it runs, as the user says. `clients`: those the command is about. */
export async function setupContext(folder: string, io: Io, port: number | undefined, clients: readonly Client[]): Promise<SetupContext> {
  const file = new ConfigFile(folder);
  const config = await file.load();
  const machine = thisMachine(io.env);
  const client = await runningGateway(folder);
  const listens = client?.url ?? (await elsewhere(folder));
  const known = client?.url ?? (port === undefined ? listens : originOn(port));
  const log = (line: string): unknown => io.stderr.write(`${line}\n`);
  const setups = createSetups({ machine, folder, now: Date.now, gateway: { origin: () => known }, log });
  const gateway = client ? runningFacts(client) : offlineFacts(folder, config, known ?? (await lastOrigin(setups, clients)), io);
  const inFile = new ConfigKeys(file, Date.now);
  // Listed from the file, which the gateway may not have read again since another command changed it.
  const keeper = client ? new AdminKeys({ ...keyCalls(client), keys: () => inFile.list() }) : inFile;
  const keys = new ToolKeys(keeper, new FileVault(folder), Date.now);
  return { io, folder, machine, setups, tools: new ToolSetup({ setups, keys, gateway }), gateway, client, runs: listens !== undefined };
}

const USUAL_PORT = 20128;

function originOn(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Where a gateway listens that this command has no key of: an editor's. */
async function elsewhere(folder: string): Promise<string | undefined> {
  const runtime = await readRuntimeFile(folder);
  return runtime && isAlive(runtime.pid) ? runtime.url : undefined;
}

/** Where a gateway that does not run will listen: where the last tool was told, else the usual port. */
async function lastOrigin(setups: Setups, clients: readonly Client[]): Promise<string> {
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
