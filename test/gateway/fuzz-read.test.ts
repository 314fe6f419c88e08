import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_DIALECTS } from '../../src/conversation/dialect-id.ts';
import type { GatewayError } from '../../src/conversation/error.ts';
import type { ClientDialect } from '../../src/dialects/dialect.ts';
import { clientDialect } from '../../src/dialects/registry.ts';
import { ERROR_BODY } from '../sdk/error-shapes.ts';
import { anyRequest } from './mutations.ts';

const RUNS = { numRuns: 1500, seed: 20260101 };

describe.each(CLIENT_DIALECTS)('any request of %s', (id) => {
  const dialect = clientDialect(id);

  it('is read or refused with the path of the bad field, and what is read can be written for everyone', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyRequest(id), (body) => {
        const read = dialect.readRequest(structuredClone(body), { model: 'model', stream: false });
        if (read.ok) {
          for (const to of CLIENT_DIALECTS) clientDialect(to).writeRequest(read.value, { model: 'model', warn: () => {} });
        } else holdsRefusal(dialect, read.error, body);
      }),
      RUNS,
    );
  });
});

function holdsRefusal(dialect: ClientDialect, error: GatewayError, body: unknown): void {
  expect(error.status).toBe(400);
  expect(error.message).not.toMatch(/\n\s+at |node_modules/);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) expect(error.param, error.message).toBeTruthy();
  const reply = dialect.writeError(error, 'req_test');
  expect(reply.status).toBe(400);
  expect(ERROR_BODY[dialect.id].safeParse(reply.body)).toMatchObject({ success: true });
}
