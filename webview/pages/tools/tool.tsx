import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ToolShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { iconOf } from '../../../src/editor/tools/nodes.ts';
import { notesOf, stateWords } from '../../../src/editor/tools/words.ts';
import { useNow } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneOf } from '../../ui/node-tone.ts';
import type { Run } from '../../use-run.ts';
import { standingOf } from './standing.ts';
import { actionsOf, type ToolAction } from './tool-actions.ts';
import { ToolFacts } from './tool-facts.tsx';

interface ToolProps {
  tool: ToolShown;
  requests: readonly LiveRequest[];
  isOpen: boolean;
  /** A link leads to it. */
  isGoal: boolean;
  onOpen(isOpen: boolean): void;
  run: Run;
}

/** One tool: how it stands and what to do next; opened, everything about it. */
export function Tool({ tool, requests, isOpen, isGoal, onOpen, run }: ToolProps): VNode {
  const now = useNow(15_000);
  const head = useRef<HTMLButtonElement>(null);
  const standing = standingOf(tool, requests);
  const icon = iconOf(standing);
  const actions = actionsOf(tool);
  const notes = notesOf(standing);
  const isUrgent = tool.state.is === 'drifted' || tool.state.is === 'broken';
  useEffect(() => {
    if (!isGoal) return;
    head.current?.scrollIntoView({ block: 'nearest' });
    head.current?.focus();
  }, [isGoal]);
  return (
    <li class={isGoal ? 'tool goal' : 'tool'}>
      <div class="tool-line">
        <button ref={head} type="button" class="tool-head" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
          <span class={`tool-icon tone-${toneOf(icon)}`}>
            <Icon name={icon.id} />
          </span>
          <span class="tool-names">
            <span class="tool-name">{tool.name}</span> {tool.version && <span class="quiet figure">{tool.version}</span>}
          </span>
          <span class="tool-words">{stateWords(standing, now)}</span>
        </button>
        <Buttons actions={actions.filter(({ isNext }) => isNext)} tool={tool} run={run} />
      </div>
      {(isOpen || isUrgent) && notes.length > 0 && (
        <ul class="tool-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {isOpen && (
        <div class="tool-more">
          <ToolFacts tool={tool} state={standing.state} now={now} />
          <Buttons actions={actions.filter(({ isNext }) => !isNext)} tool={tool} run={run} />
        </div>
      )}
    </li>
  );
}

function Buttons({ actions, tool, run }: Pick<ToolProps, 'tool' | 'run'> & { actions: readonly ToolAction[] }): VNode | null {
  if (actions.length === 0) return null;
  return (
    <div class="actions">
      {actions.map(({ command, label }) => (
        <Button
          key={command}
          onClick={() => void run(command, { kind: 'tool', tool: tool.id })}
          title={l10n.t('{0}: {1}', tool.name, label)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
