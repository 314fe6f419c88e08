import type { ToolShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { withSeen } from '../../../src/editor/tools/nodes.ts';
import type { ToolStanding } from '../../../src/editor/tools/words.ts';

/** What the words about a tool are made of, with what it asked since it was looked at. */
export function standingOf(tool: ToolShown, requests: readonly LiveRequest[]): ToolStanding {
  const { id, instructionsOnly, state, key } = tool;
  return {
    client: { id: id as ToolStanding['client']['id'], ...(instructionsOnly === undefined ? {} : { instructionsOnly }) },
    state: key ? withSeen(state, key.name, requests) : state,
  };
}

/** Tools that are there, and those that are neither there nor were ever set up. */
export function parted(tools: readonly ToolShown[]): { found: ToolShown[]; away: ToolShown[] } {
  return { found: tools.filter(({ away }) => !away), away: tools.filter(({ away }) => away) };
}
