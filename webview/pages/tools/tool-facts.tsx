import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { ToolPlan, ToolShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import { formatMoment } from '../../../src/editor/format/index.ts';
import { afterwardsWords, seenWords } from '../../../src/editor/tools/words.ts';
import { useCall } from '../../app.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Answer } from '../../ui/states.tsx';

interface FactsProps {
  tool: ToolShown;
  state: ToolShown['state'];
  now: number;
}

/** What is known of a tool: where it asks, with which key, which files are its own. */
export function ToolFacts({ tool, state, now }: FactsProps): VNode {
  const { marks, setUpAt, files } = tool;
  const isPlanned = marks.includes('settable') && setUpAt === undefined && tool.instructionsOnly === undefined;
  return (
    <>
      <Facts sideBySide>
        <Fact name={l10n.t('Asks')}>{tool.origin ?? (state.is === 'not-set-up' ? state.elsewhere : undefined)}</Fact>
        <Fact name={l10n.t('Model')}>{tool.model && <code>{tool.model}</code>}</Fact>
        <Fact name={l10n.t('Its own key')}>{tool.key && <KeyWords tool={tool} />}</Fact>
        <Fact name={l10n.t('Last request')}>{state.is === 'set-up' && seenWords(state.lastSeen, now)}</Fact>
        <Fact name={l10n.t('Set up')}>{setUpAt !== undefined && formatMoment(setUpAt)}</Fact>
        <Fact name={l10n.t('Settings')}>{files.length > 0 && <Paths paths={files} />}</Fact>
      </Facts>
      {isPlanned && <Planned tool={tool} />}
    </>
  );
}

function KeyWords({ tool: { key } }: { tool: ToolShown }): VNode | null {
  if (!key) return null;
  return (
    <>
      {key.name} {key.hint !== undefined && <code class="quiet">…{key.hint}</code>} {keyState(key.is)}
    </>
  );
}

function keyState(is: NonNullable<ToolShown['key']>['is']): string | undefined {
  switch (is) {
    case 'good':
      return undefined;
    case 'replaced':
      return l10n.t('(replaced)');
    case 'expired':
      return l10n.t('(expired)');
  }
}

function Paths({ paths }: { paths: readonly string[] }): VNode {
  return (
    <ul class="tool-paths">
      {paths.map((path) => (
        <li key={path}>
          <code>{path}</code>
        </li>
      ))}
    </ul>
  );
}

/** What setting it up would write; nothing is written by asking. */
function Planned({ tool }: { tool: ToolShown }): VNode {
  const asking = useCall('toolPlan', { tool: tool.id });
  return (
    <div class="tool-plan">
      <h3>{l10n.t('Setting It Up Would Write')}</h3>
      <Answer asking={asking} rows={1}>
        {(plan) => <Plan plan={plan} tool={tool} />}
      </Answer>
    </div>
  );
}

function fileWord(exists: boolean, changes: boolean): string {
  if (!exists) return l10n.t('is made');
  return changes ? l10n.t('is changed') : l10n.t('stays as it is');
}

function Plan({ plan, tool }: { plan: ToolPlan; tool: ToolShown }): VNode {
  if (!plan.ok) return <p>{plan.message}</p>;
  const after = afterwardsWords({ name: tool.name, ...(tool.afterwards ? { afterwards: tool.afterwards } : {}) });
  const isAnyThere = plan.files.some(({ exists }) => exists);
  return (
    <>
      <ul class="tool-paths">
        {plan.files.map(({ path, exists, changes }) => (
          <li key={path}>
            <code>{path}</code> <span class="quiet">{fileWord(exists, changes)}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {[
          l10n.t('The model is {0} unless you choose another, with a key of its own. You see the change before it is written.', plan.model),
          isAnyThere ? l10n.t('A copy of what was there is kept beside it.') : undefined,
          ...plan.notes,
          after,
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </>
  );
}
