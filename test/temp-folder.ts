import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * All temporary folders of a test run in one, removed at its end, whatever the tests and the processes they start leave behind. The
 * variables are those that `os.tmpdir()` reads, on Windows too; the workers and their children inherit them.
 */
export default function setup(): () => void {
  // Short: names of sockets in it may have 107 bytes in all (unix(7)).
  const folder = mkdtempSync(join(tmpdir(), 'omr-tests-'));
  const before = { ...process.env };
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    // A process that a test has just ended may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}
