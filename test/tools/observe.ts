import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from './clients/index.ts';
import { OBSERVED } from './install.ts';
import { startProvider } from './provider/server.ts';
import { WIRES } from './provider/wires.ts';
import { makeRoom, runClient, scriptFor } from './task.ts';

/** Runs each tool straight against a provider of its own dialect and keeps what it sent in `.cache/tools/observed/`. */
for (const client of CLIENTS) {
  if (process.argv[2] !== undefined && process.argv[2] !== client.package.name) continue;
  const room = makeRoom();
  const provider = await startProvider(WIRES[client.dialect], scriptFor('write', client, room), { refuses: false });
  const model = process.argv[3] ?? 'mock/model-a';
  const ended = await runClient(client, { origin: provider.origin, key: 'sk-observed', model }, room);
  const folder = join(OBSERVED, `${client.package.name}@${client.package.version} ${model.replaceAll('/', '_')}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, entry] of provider.seen.entries())
    writeFileSync(join(folder, `${index}-${entry.answered}.json`), JSON.stringify(entry, null, 1));
  console.log(`== ${client.package.name} exit ${ended.code} in ${ended.ms} ms${ended.timedOut ? ' TIMED OUT' : ''}`);
  console.log(`stdout: ${ended.stdout.slice(-2000)}\nstderr: ${ended.stderr.slice(-2000)}`);
  for (const entry of provider.seen) console.log(`${entry.method} ${entry.path} ${entry.answered} ${entry.problems.join('; ')}`);
  try {
    console.log(`file: ${JSON.stringify(readFileSync(room.file, 'utf8'))}`);
  } catch {
    console.log('file: absent');
  }
  await provider.close();
  room.dispose();
}
