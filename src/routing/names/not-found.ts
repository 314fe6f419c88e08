import { AUTO_NAMES } from '../../config/name-problems.ts';
import { nearest } from '../../config/nearest.ts';
import { GatewayError } from '../../conversation/error.ts';
import type { Directory } from '../facts.ts';
import type { Reading } from './read-name.ts';
import type { Scope } from './scope.ts';

const SUGGESTIONS = 3;
/** Names are the client's text: an error does not grow with them. */
const SHOWN = 200;

/** The 404 of a combo that is turned off. */
export function comboDisabled(name: string): GatewayError {
  return unroutable('combo_disabled', `The combo "${name}" is disabled.`);
}

/** The 404 of a name that leads nowhere: what is missing, and the three nearest names for which `routes` holds. */
export function modelNotFound(asked: string, reading: Reading, scope: Scope, routes: (name: string) => boolean): GatewayError {
  const near = nearest(asked, routableNames(scope.input.directory), SUGGESTIONS, routes);
  const hint = near.length > 0 ? ` Did you mean ${near.map((name) => `"${name}"`).join(', ')}?` : ' GET /v1/models lists what there is.';
  return unroutable('model_not_found', `${complaint(asked, reading, scope)}${hint}`);
}

function complaint(asked: string, reading: Reading, scope: Scope): string {
  switch (reading.kind) {
    case 'combo':
      return `The combo "${reading.combo.name}" has no target left; not known here: ${[...scope.missing].join(', ')}.`;
    case 'auto':
      return `No account has a model for "${reading.auto}".`;
    case 'model':
      return `There is no model "${shown(reading.resolved)}" here${reading.resolved === asked ? '' : ` (asked for as "${shown(asked)}")`}.`;
  }
}

function* routableNames({ combos, aliases, accounts, modelsOf }: Directory): Iterable<string> {
  for (const { name } of combos) yield name;
  yield* Object.keys(aliases);
  yield* AUTO_NAMES;
  for (const account of accounts) for (const { id } of modelsOf(account)) yield `${account.prefix}/${id}`;
}

function unroutable(code: string, message: string): GatewayError {
  return new GatewayError({ class: 'capability', status: 404, code, param: 'model', message });
}

function shown(name: string): string {
  return name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name;
}
