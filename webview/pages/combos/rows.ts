import type { ComboConfig, ModelView } from '../../../src/editor/admin/api.ts';
import { isReady, type Routes, type TargetState, targetState } from '../../../src/editor/views/combos/target-state.ts';

/** A target of a combo as the editor lists it. */
export interface TargetRow {
  /** Unlike any other of the list, and the same wherever it moves. */
  key: string;
  at: number;
  target: string;
  state: TargetState;
  /** Of a model or a name that is listed. */
  model: ModelView | undefined;
}

export function targetRows({ name, targets }: Pick<ComboConfig, 'name' | 'targets'>, routes: Routes, now: number): TargetRow[] {
  const wanted = new Set(targets);
  const models = new Map(routes.models.filter((model) => wanted.has(model.name)).map((model) => [model.name, model]));
  const turns = new Map<string, number>();
  return targets.map((target, at) => {
    const turn = turns.get(target) ?? 0;
    turns.set(target, turn + 1);
    return { key: `${target}\n${turn}`, at, target, state: targetState(target, routes, now, new Set([name])), model: models.get(target) };
  });
}

/** How many of a combo's targets could be asked. */
export function readyCount({ name, targets }: ComboConfig, routes: Routes, now: number): number {
  return targets.filter((target) => isReady(targetState(target, routes, now, new Set([name])))).length;
}

/** Names that lead to a combo: aliases, and the combos it is a target of. */
export function leadingTo(name: string, { models, combos }: Pick<Routes, 'models' | 'combos'>): { aliases: string[]; combos: string[] } {
  return {
    aliases: models.flatMap((model) => (model.kind === 'alias' && model.targets?.includes(name) ? [model.name] : [])),
    combos: combos.flatMap((combo) => (combo.targets.includes(name) ? [combo.name] : [])),
  };
}

/** The place in the targets that a refusal is about: `targets[1]`. */
export function faultyTarget(param: string | undefined): number | undefined {
  const place = param?.match(/^targets[[.](\d+)/)?.[1];
  return place === undefined ? undefined : Number(place);
}

/** A refusal's own words, without the place they begin with. */
export function refusalWords(message: string, param: string | undefined): string {
  return param !== undefined && message.startsWith(`${param}: `) ? message.slice(param.length + 2) : message;
}

/** Models of the first combo: who automatic routing would ask, the demo only when there is nobody else. */
export function bestTargets(steps: readonly { target: string; provider: string }[]): string[] {
  const real = steps.filter(({ provider }) => provider !== 'demo');
  return [...new Set((real.length > 0 ? real : steps).map(({ target }) => target))].slice(0, 5);
}
