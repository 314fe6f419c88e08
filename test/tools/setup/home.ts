import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The home and work folder of one run. */
export interface Home {
  path: string;
  work: string;
  /** What the environment of tool and gateway says beside: where its user keeps the tool's settings. */
  env: Record<string, string>;
  /** Every file by its path below home, as it is now. */
  files(): Map<string, string>;
  dispose(): void;
}

/** Below home: where the settings lie when a variable says so. */
export const MOVED = 'kept elsewhere';

/** `moved`: a variable that names a folder for the tool's settings. */
export function makeHome(own: Record<string, string>, moved?: string): Home {
  const root = mkdtempSync(join(tmpdir(), 'omniroute-setup-'));
  const path = join(root, 'home');
  const work = join(root, 'work');
  for (const folder of [path, work]) mkdirSync(folder);
  if (moved !== undefined) mkdirSync(join(path, MOVED));
  for (const [name, text] of Object.entries(own)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    work,
    env: moved === undefined ? {} : { [moved]: join(path, MOVED) },
    files: () => filesBelow(path),
    dispose() {
      endLeftovers(path);
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Bytes as Latin-1, so that none is lost. */
function filesBelow(path: string): Map<string, string> {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(path, file), readFileSync(file, 'latin1')];
    }),
  );
}

/** A tool may leave a daemon of its own behind (Cline's hub), in a group of its own: known by the home folder it was started with. */
function endLeftovers(home: string): void {
  if (!existsSync('/proc/self/environ')) return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${home}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone, or somebody else's.
    }
  }
}
