import { parseArgs } from 'node:util';
import { startGateway } from '../gateway/start.ts';
import { dataFolder, type Io, UsageError } from './io.ts';

/** `omniroute serve`: runs until it is told to stop. */
export async function serve(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, quiet: { type: 'boolean' } },
  });
  const port = values.port === undefined ? 20128 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError(`--port must be a number from 0 to 65535, not "${values.port}"`);
  const dataDir = dataFolder(values.data, io.env);
  const log = (line: string): void => {
    if (!values.quiet) io.stderr.write(`${new Date().toISOString()} ${line}\n`);
  };
  const gateway = await startGateway({ dataDir, port, host: values.host, log, env: io.env }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new Error(`port ${port} is taken. Is a gateway running already ("omniroute status")? Another port: --port 20129`);
    throw error;
  });
  if (io.stdout.isTTY || gateway.keyIsNew) io.stdout.write(welcome(gateway.url, gateway.key, dataDir));
  io.stdout.write(`listening on ${gateway.url}\n`);
  await untilStopped();
  await gateway.close();
  return 0;
}

function welcome(url: string, key: string, dataDir: string): string {
  return `OmniRoute, data in ${dataDir}
key: ${key}
Try it, no account needed:

  curl ${url}/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '{"model":"demo/echo","messages":[{"role":"user","content":"Hello"}]}'

`;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
