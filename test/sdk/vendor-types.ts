import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface NamedBody {
  name: string;
  body: object;
}

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What the compiler says about bodies as values of a type of `body-types.ts`, one line a fault: `name: what is wrong`. */
export async function typeErrors(type: string, bodies: NamedBody[]): Promise<string[]> {
  const folder = join(ROOT, '.cache', `vendor-types-${createHash('sha256').update(type).digest('hex').slice(0, 12)}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'body.ts'), type);
  for (const [at, { body }] of bodies.entries()) {
    const source = `import type { Body } from './body.ts';\nexport const body: Body = ${JSON.stringify(body, null, 1)};\n`;
    await writeFile(join(folder, `r${at}.ts`), source);
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { lib: ['ES2023', 'DOM'] }, include: ['*.ts'] }),
  );
  const output = await compilerOutput(folder);
  if (!process.env.KEEP_VENDOR_TYPES) await rm(folder, { recursive: true, force: true });
  return faultsIn(output, bodies);
}

async function compilerOutput(folder: string): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    const { stdout } = await run(process.execPath, [compiler, '--noEmit', '--pretty', 'false', '-p', folder], {
      cwd: folder,
      maxBuffer: 64 << 20,
    });
    return stdout;
  } catch (error) {
    // The compiler's exit status is not 0 when it finds something; what it found stands in its output.
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout !== '') return error.stdout;
    throw error;
  }
}

function faultsIn(output: string, bodies: NamedBody[]): string[] {
  const faults: string[] = [];
  for (const line of output.split('\n')) {
    const match = /^(?:.*\/)?(r(\d+)|body)\.ts\((\d+),\d+\): error (.*)$/.exec(line);
    if (match) faults.push(`${bodies[Number(match[2])]?.name ?? 'body.ts'}:${match[3]}: ${match[4]}`);
    else if (line.startsWith(' ') && faults.length > 0) faults[faults.length - 1] += ` ${line.trim()}`;
    else if (line.trim() !== '') faults.push(line);
  }
  return faults;
}
