export { type Copy, createCopy, listCopies } from './copies.ts';
export { BackupError } from './error.ts';
export { type Exported, exportAll } from './export.ts';
export { type Imported, importAll } from './import.ts';
export { restoreCopy } from './restore.ts';
export { scheduleBackups } from './schedule.ts';
export { LEAST_PASSPHRASE } from './sealed.ts';
