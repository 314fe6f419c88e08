import { type AuditChange, openAuditLog } from '../../log/audit.ts';
import type { SetupContext } from './context.ts';

/** Notes in the audit log that a tool was set up or taken back. Also where a gateway runs: it does not see the tool's files. */
export async function noteTool({ folder, io }: SetupContext, change: AuditChange): Promise<void> {
  const log = openAuditLog({ folder, say: (line) => io.stderr.write(`${line}\n`) });
  log.audit({ who: 'cli', ...change });
  await log.flush();
}
