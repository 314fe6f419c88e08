import * as l10n from '@vscode/l10n';
import { AdminError } from '../../admin/api.ts';
import { type Next, runSteps, type Step } from '../../input/steps.ts';
import type { Answer } from '../../input/ui.ts';
import type { Strategy } from '../../views/words.ts';
import { nameProblem } from './combo-name.ts';
import type { ComboDesk } from './desk.ts';
import { modelItems } from './model-items.ts';
import { pickStrategy } from './pick-strategy.ts';

interface Draft {
  name: string;
  targets: string[];
  strategy: Strategy;
}

/** Asks for a name, the models and a strategy, and makes the combo. */
export async function newCombo(desk: ComboDesk): Promise<void> {
  const draft: Draft = { name: '', targets: [], strategy: 'fill-first' };
  if (!(await runSteps(l10n.t('New Combo'), steps(desk), draft))) return;
  await desk.live.refresh('combos', 'models');
  const test = l10n.t('Test It');
  const made = l10n.t('The combo "{0}" is there: ask for it by this name in any tool.', draft.name);
  if ((await desk.ui.tell('info', made, test)) === test) await desk.ui.run('omniroute.combo.test', itemFor(draft.name));
}

function itemFor(combo: string): { id: string; ref: { kind: 'combo'; combo: string } } {
  return { id: `combo:${combo}`, ref: { kind: 'combo', combo } };
}

function steps(desk: ComboDesk): Step<Draft>[] {
  const { ui, live } = desk;
  const always = (): boolean => true;
  return [
    {
      name: 'name',
      applies: always,
      run: async (draft, place) => {
        const prompt = l10n.t('A name of your own, such as "best" or "cheap"; tools ask for it like for a model.');
        const answer = await ui.ask({ ...place, prompt, value: draft.name, check: (text) => nameProblem(text.trim(), live.snapshot) });
        return next(answer, (name) => Object.assign(draft, { name: name.trim() }));
      },
    },
    {
      name: 'targets',
      applies: always,
      run: async (draft, place) => {
        const placeholder = l10n.t('Which models? The next one answers when the first cannot; the order can be changed later.');
        const items = modelItems(live.snapshot, [draft.name]).map((item) =>
          'separator' in item ? item : { ...item, selected: draft.targets.includes(item.value) },
        );
        const answer = await ui.pickMany({ ...place, placeholder, items });
        if (answer.is === 'value' && answer.value.length === 0) return 'cancel';
        return next(answer, (targets) => Object.assign(draft, { targets }));
      },
    },
    {
      name: 'strategy',
      applies: (draft) => draft.targets.length > 1,
      run: async (draft, place) => next(await pickStrategy(ui, place, draft.strategy), (strategy) => Object.assign(draft, { strategy })),
    },
    { name: 'save', applies: always, aside: true, run: (draft) => save(desk, draft) },
  ];
}

async function save({ admin, ui }: ComboDesk, { name, targets, strategy }: Draft): Promise<Next> {
  try {
    await admin.saveCombo(name, { targets, strategy });
    return 'next';
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    // The gateway's words name the target at fault; one page back it can be chosen otherwise.
    await ui.tell('error', error.message);
    return 'back';
  }
}

function next<T>(answer: Answer<T>, take: (value: T) => void): Next {
  if (answer.is === 'back') return 'back';
  if (answer.is === 'cancelled') return 'cancel';
  take(answer.value);
  return 'next';
}
