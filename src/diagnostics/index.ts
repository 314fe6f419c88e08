export { type AdminReader, collectDiagnostics, type DiagnosticsEntry, type DiagnosticsOptions } from './collect.ts';
export { writeZip } from './write-zip.ts';
