import * as l10n from '@vscode/l10n';
import { AdminError } from './api.ts';

/** `undefined` where there is nothing of this name. */
export async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AdminError && error.status === 404) return undefined;
    throw error;
  }
}

export async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function failureOf(response: Response): Promise<AdminError> {
  const [body, { failure }] = await Promise.all([jsonOf(response), import('./answers.ts')]);
  const read = failure.safeParse(body);
  if (!read.success) return new AdminError(response.status, l10n.t('The gateway answered with status {0}.', response.status));
  const { message, code, param } = read.data.error;
  return new AdminError(response.status, message, code, param);
}
