import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ManageCode, ManageError } from '../../accounts/manage-error.ts';
import { ConfigError } from '../../config/file.ts';
import { GatewayError } from '../../conversation/error.ts';
import type { Env, Gateway } from '../context.ts';
import { errorHeaders } from '../error-response.ts';

interface AdminFailure {
  status: number;
  message: string;
  code: string;
  param?: string | undefined;
}

const STATUS: Record<ManageCode, number> = { not_found: 404, ambiguous: 409, duplicate: 409, invalid: 400, in_use: 409 };

/** Every failure under /admin: `{"error": {"message", "code", "param"?}}`. */
export function adminError(c: Context<Env>, gateway: Gateway, thrown: unknown): Response {
  const failure = failureOf(thrown);
  if (failure.status === 500)
    gateway.logs.error(`internal error on ${c.req.method} ${c.req.path}: ${thrown instanceof Error ? thrown.stack : ''}`);
  const { status, message, code, param } = failure;
  const headers = thrown instanceof GatewayError ? errorHeaders(thrown, c.get('requestId')) : {};
  return c.json({ error: { message, code, ...(param === undefined ? {} : { param }) } }, status as ContentfulStatusCode, headers);
}

function failureOf(thrown: unknown): AdminFailure {
  if (thrown instanceof ManageError)
    return { status: STATUS[thrown.code], message: thrown.message, code: thrown.code, param: thrown.param };
  // The file was broken before: a change that would break it is refused as ManageError.
  if (thrown instanceof ConfigError) return { status: 409, message: thrown.message, code: 'config_broken' };
  if (thrown instanceof GatewayError) {
    const { status, message, code, param } = thrown;
    return { status, message, code: code ?? thrown.class, param };
  }
  return { status: 500, message: 'The gateway failed while it handled this request; its log says more.', code: 'internal_error' };
}

/** A refusal of the admin API's own. */
export function refusal(status: number, code: string, message: string, param?: string): GatewayError {
  return new GatewayError({
    class: status === 403 ? 'policy' : 'request',
    status,
    code,
    message,
    ...(param === undefined ? {} : { param }),
  });
}
