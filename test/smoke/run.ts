/**
 * The README's own lines, run against the built command line: the gateway starts, prints a key and a curl line, and that curl line
 * works as printed. Prints what failed; exit code 1 then.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '../../dist/cli.js');
const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-smoke-'));
const env = { ...process.env, OMNIROUTE_DATA: dataDir, GROQ_API_KEY: 'gsk-smoke-not-a-key' };
let failed = 0;

async function check(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const omniroute = async (...args: string[]): Promise<string> => (await run(process.execPath, [cli, ...args], { env })).stdout;

function expectText(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`expected ${pattern}, got: ${text.slice(0, 500)}`);
}

/** Starts `omniroute serve` and resolves with what it printed up to "listening on". */
function serve(): { process: ChildProcess; printed: Promise<string> } {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (/^listening on .*\n/m.test(text)) resolve(text);
    });
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${text}`)));
  });
  return { process: child, printed };
}

await check('--version and --help', async () => {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  expectText(await omniroute('--version'), new RegExp(`^${version}\n$`));
  expectText(await omniroute('--help'), /omniroute serve/);
});

const server = serve();
const printed = await server.printed;

await check('the printed curl line works as printed', async () => {
  const line = /^ {2}(curl .*)$/m.exec(printed)?.[1];
  if (!line) throw new Error(`no curl line in: ${printed}`);
  const { stdout } = await run('bash', ['-c', line.replace(/^curl/, 'curl -sS')]);
  expectText(stdout, /"content":"OmniRoute demo: you said \\"Hello\\"/);
});

await check('an account added while it runs is there at once', async () => {
  expectText(await omniroute('account', 'add', 'groq', '--name', 'me', '--key-env', 'GROQ_API_KEY'), /Added Groq "me"/);
  await until(async () => /groq\/…\s+me/.test(await omniroute('status')));
  expectText(await omniroute('models'), /^groq\/llama-3\.3-70b-versatile$/m);
});

await check('a new key is accepted, a removed one refused', async () => {
  const key = (await omniroute('key', 'new', 'smoke', '--models', 'demo/*')).trim();
  const url = /listening on (\S+)/.exec(printed)?.[1] ?? '';
  const ask = async (): Promise<number> => (await fetch(`${url}/v1/models`, { headers: { 'x-api-key': key } })).status;
  await until(async () => (await ask()) === 200);
  await omniroute('key', 'remove', 'smoke');
  await until(async () => (await ask()) === 401);
});

await check('mistakes are told, not thrown', async () => {
  const failure = await run(process.execPath, [cli, 'account', 'add', 'grok', '--name', 'x', '--key-env', 'X'], { env }).catch(
    (error: { code: number; stderr: string }) => error,
  );
  if (!('code' in failure) || failure.code !== 2) throw new Error('expected exit code 2');
  expectText(failure.stderr, /unknown provider "grok"; nearest: /);
});

await check('it stops when told, and leaves nothing behind', async () => {
  const gone = new Promise<number | null>((resolve) => server.process.once('exit', resolve));
  server.process.kill('SIGTERM');
  const code = await gone;
  if (code !== 0) throw new Error(`exit code ${code}`);
  const status = await run(process.execPath, [cli, 'status'], { env }).catch((error: { stdout: string }) => error);
  expectText(status.stdout, /No gateway runs/);
});

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('not within 2.5 s');
}

await rm(dataDir, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
