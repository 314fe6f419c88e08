import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults, type Outcome } from './check.ts';
import { builtCli, startGateway } from './gateway.ts';
import { OBSERVED } from './install.ts';
import { matrix, nameOf, type Run } from './matrix.ts';
import { startProvider } from './provider/server.ts';
import { WIRES } from './provider/wires.ts';
import { startTap } from './tap.ts';
import { makeRoom, runClient, scriptFor } from './task.ts';

/** Real command-line tools through the built gateway to scripted providers. Arguments: words that a run's name must hold. */
const words = process.argv.slice(2);
const runs = matrix().filter((run) => words.every((word) => nameOf(run).includes(word)));
const cli = builtCli();
let failed = 0;
for (const run of runs) {
  const { found, log } = await play(run);
  console.log(`${found.length === 0 ? 'passed' : 'FAILED'}  ${nameOf(run)}`);
  for (const fault of new Set(found)) console.log(`        ${fault}`);
  if (found.length > 0) console.log(`        all of it: ${log}`);
  failed += found.length > 0 ? 1 : 0;
}
console.log(`${runs.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || runs.length === 0 ? 1 : 0;

async function play(run: Run): Promise<{ found: string[]; log: string }> {
  const { client, model } = run;
  const room = makeRoom();
  const wire = WIRES[run.provider];
  const provider = await startProvider(wire, scriptFor(run.script, client, room), { refuses: run.provider !== client.dialect });
  const gateway = await startGateway(cli, run.provider, provider.origin);
  const tap = await startTap(gateway.origin);
  try {
    const target = `mock/${model}`;
    const ended = await runClient(client, { origin: tap.origin, key: gateway.key, model: target }, room);
    const records = await gateway.records();
    const outcome: Outcome = {
      ended,
      room,
      provider,
      wire,
      client: client.dialect,
      showsPicture: client.sendsPictures && provider.made().length > 2,
      answers: tap.answers,
      records,
      gatewayKey: gateway.key,
      target,
    };
    return { found: faults(outcome), log: keep(run, outcome, gateway.log()) };
  } finally {
    await tap.close();
    await gateway.stop();
    await provider.close();
    room.dispose();
  }
}

/** Keeps everything about a run in a file for whoever looks for the cause; the path of it. */
function keep(run: Run, { ended, provider, answers, records }: Outcome, gatewayLog: string): string {
  mkdirSync(OBSERVED, { recursive: true });
  const file = join(OBSERVED, `run ${nameOf(run)}.json`);
  writeFileSync(file, JSON.stringify({ ended, gatewayLog, answers, records, received: provider.seen }, null, 1));
  return file;
}
