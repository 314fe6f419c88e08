import type { RulesConfig } from '../../../src/config/rules.ts';
import { rulesSchema } from '../../../src/config/rules.ts';
import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import { clientDialect } from '../../../src/dialects/registry.ts';

/** Rules as a user would write them. */
export function rulesOf(rules: Record<string, unknown> = {}): RulesConfig {
  return rulesSchema.parse(rules);
}

export function read(dialect: ClientDialectId, body: unknown, model = 'm'): ChatRequest {
  const parsed = clientDialect(dialect).readRequest(body, { model, stream: false });
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

export function write(dialect: ClientDialectId, request: ChatRequest, model: string, thinks?: boolean): JsonObject {
  return clientDialect(dialect).writeRequest(request, { model, ...(thinks === undefined ? {} : { thinks }), warn: () => {} });
}
