import type * as z from 'zod';
import { pathText } from './path-text.ts';

/**
 * - `not_found` nothing has this name
 * - `ambiguous` several have it; the message lists their ids
 * - `duplicate` it is there already
 * - `invalid`   a value that cannot be; `param` says where
 * - `in_use`    something else still needs it; the message says what
 */
export type ManageCode = 'not_found' | 'ambiguous' | 'duplicate' | 'invalid' | 'in_use';

/** A change of the config that was refused, in words for the person who asked for it. Nothing was changed. */
export class ManageError extends Error {
  override readonly name = 'ManageError';
  readonly code: ManageCode;
  /** Path of the value at fault in what was given: `limits.rpm`, `targets[0]`. */
  readonly param: string | undefined;

  constructor(code: ManageCode, message: string, param?: string) {
    super(message);
    this.code = code;
    this.param = param;
  }
}

/** The problems zod found, the first one's place as `param`. zod's own words quote no value, so no secret. */
export function invalid(error: z.ZodError): ManageError {
  const said = error.issues.map(({ path, message }) => (path.length > 0 ? `${pathText(path)}: ${message}` : message));
  return new ManageError('invalid', said.join('; '), pathText(paramOf(error.issues[0])) || undefined);
}

/** For an unknown key, the key itself rather than the object it stands in. */
function paramOf(issue: z.core.$ZodIssue | undefined): readonly PropertyKey[] {
  if (!issue) return [];
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
}
