import { join } from 'node:path';

/** `logs/omniroute.log` of a data folder. */
export function logPath(dataFolder: string): string {
  return join(dataFolder, 'logs', 'omniroute.log');
}

/** `logs/audit.log` of a data folder. */
export function auditPath(dataFolder: string): string {
  return join(dataFolder, 'logs', 'audit.log');
}

/** `omniroute.2.log`: the file put aside before the last one; with 0 the file being written. */
export function rotatedPath(path: string, n: number): string {
  return n === 0 ? path : path.replace(/\.log$/, `.${n}.log`);
}
