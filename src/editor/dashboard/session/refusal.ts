import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import { AdminError } from '../../admin/api.ts';
import type { CallErrorShape } from '../contract/messages.ts';

/** Why a call or topic of the page's was not answered; `param` names the field, where it is one. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly param: string | undefined;

  constructor(code: string, message: string, param?: string) {
    super(message);
    this.code = code;
    this.param = param;
  }
}

/** As it crosses into the page. */
export function errorOf(thrown: unknown): CallErrorShape {
  if (thrown instanceof AdminError) {
    const { message, status, code, param } = thrown;
    return { message, status, code, param };
  }
  if (thrown instanceof Refusal) {
    const { message, code, param } = thrown;
    return { message, code, param };
  }
  return { message: thrown instanceof Error ? thrown.message : String(thrown) };
}

export function unknownName(name: string): Refusal {
  return new Refusal('unknown', l10n.t('This window does not know "{0}". Reload it to use the new version.', name));
}

export function tooMany(): Refusal {
  return new Refusal('too_many', l10n.t('Too much is being asked at once. Try again in a moment.'));
}

/** What was asked, or is to be told, in the shape it must have; throws a Refusal that names the first field that does not fit. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, refuse: (field: string, why: string) => Refusal): z.output<S> {
  const { data, error } = schema.safeParse(value);
  if (!error) return data as z.output<S>;
  const [issue] = error.issues;
  throw refuse(issue?.path.map(String).join('.') ?? '', issue?.message ?? '');
}

export function wrongParams(name: string): (field: string, why: string) => Refusal {
  return (field, why) =>
    new Refusal(
      'invalid_params',
      field === ''
        ? l10n.t('"{0}" cannot be asked like this: {1}', name, why)
        : l10n.t('"{0}": {1} is not as it must be: {2}', name, field, why),
      field === '' ? undefined : field,
    );
}

export function wrongResult(name: string): (field: string, why: string) => Refusal {
  return (field, why) =>
    new Refusal('invalid_result', l10n.t('The answer to "{0}" is not one this version understands ({1}: {2}).', name, field, why));
}
