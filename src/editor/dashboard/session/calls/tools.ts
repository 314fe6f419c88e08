import { withoutSecrets } from '../../../../clients/masked.ts';
import type { ToolState } from '../../../../clients/setup-contract.ts';
import type { ToolLook } from '../../../../clients/tool-look.ts';
import type { Prepared, Refused } from '../../../../clients/tool-setup.ts';
import { isAway, marksOf } from '../../../tools/nodes.ts';
import type { ToolPlan, ToolShown, toolCalls } from '../../contract/calls/tools.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function toolHandlers({ tools }: DashboardDeps): Pick<Handlers, keyof typeof toolCalls> {
  return {
    tools: async () => ({ state: tools.state, tools: tools.looks.map(shown) }),
    lookAtTools: async () => {
      await tools.lookAtAll();
      return null;
    },
    toolPlan: async ({ tool }) => {
      const { clients, setup } = await tools.box();
      const client = clients.find(({ id }) => id === tool);
      if (!client || client.instructionsOnly !== undefined) return { ok: false, message: client?.instructionsOnly ?? '' };
      return planOf(await setup.prepare(client, {}));
    },
  };
}

/** What a page may know of a tool: no key but its name and hint, and no text of a file. */
function shown(look: ToolLook): ToolShown {
  const { client, found, state, applied, key } = look;
  return {
    id: client.id,
    name: client.name,
    version: found.version,
    state: withoutKeys(state),
    marks: marksOf(look),
    away: isAway(look),
    instructionsOnly: client.instructionsOnly,
    afterwards: client.afterwards,
    origin: found.origin,
    model: found.model,
    key: 'row' in key ? { name: key.row.name, hint: key.row.hint, is: key.is } : undefined,
    setUpAt: applied?.at,
    files: applied?.files.map(({ path }) => path) ?? [],
  };
}

/** A parser may quote the line at fault. */
function withoutKeys(state: ToolState): ToolState {
  return state.is === 'broken' ? { ...state, message: withoutSecrets(state.message) } : state;
}

/** Paths and words of a preview; its texts hold the key and stay here. */
function planOf(prepared: Prepared | Refused): ToolPlan {
  if (!prepared.ok) return { ok: false, message: withoutSecrets(prepared.refusal.message) };
  const { setup, preview, notes } = prepared;
  const files = preview.files.map(({ path, exists, before, after }) => ({ path, exists, changes: before !== after }));
  return { ok: true, model: setup.model, files, notes };
}
