import type { Client } from '../../clients/client.ts';
import type { Undone } from '../../clients/tool-setup.ts';
import { writeJson } from '../io.ts';
import { noteTool } from './audit.ts';
import type { SetupContext } from './context.ts';
import { refused } from './refusal.ts';

/** Takes back what was written for a tool, and its key. */
export async function undo(context: SetupContext, client: Client, { json }: { json?: boolean | undefined }): Promise<number> {
  const { io, tools } = context;
  const undone = await tools.undo(client);
  if (!undone.ok) return refused(undone.refusal, io, json);
  if (undone.is === 'undone') {
    const changes = [{ field: 'files', before: [...undone.files, ...undone.kept] }];
    await noteTool(context, { what: 'tool.undone', subject: client.id, changes });
  }
  if (json) writeJson(io, { tool: client.id, ...undone });
  else io.stdout.write(`${undoneLines(client, undone).join('\n')}\n`);
  return 0;
}

function undoneLines({ name }: Client, undone: Undone): string[] {
  const key = undone.keyRemoved ? ['Its key is refused from now on.'] : [];
  if (undone.is === 'nothing') return [`${name} is not set up by OmniRoute: nothing to take back.`, ...key];
  const budgets = undone.budgets > 0 ? [`Budgets of that key went with it: ${undone.budgets}.`] : [];
  return [
    `${name} is as it was.`,
    ...undone.files.map((path) => `  ${path}`),
    ...undone.kept.map((path) => `  ${path}  (was changed since: only our own settings were taken out)`),
    ...key,
    ...budgets,
  ];
}
