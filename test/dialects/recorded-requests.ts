import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { CLIENT_DIALECTS } from '../../src/conversation/dialect-id.ts';
import type { ChatRequest } from '../../src/conversation/request.ts';
import { clientDialect } from '../../src/dialects/registry.ts';
import { recordings } from '../recordings.ts';

/** Every recorded request that a client dialect accepts, by its recording's file; without those whose words lie on a vendor's server. */
export function recordedRequests(): [file: string, request: ChatRequest][] {
  const found = recordings((entry) => entry.hasRequest && (CLIENT_DIALECTS as readonly string[]).includes(entry.format));
  return found.flatMap(({ file, format, request, model, stream }) => {
    const read = clientDialect(format as ClientDialectId).readRequest(request?.body, { model: model ?? 'm', stream });
    return read.ok && read.value.messages.length > 0 ? [[file, read.value] as [string, ChatRequest]] : [];
  });
}
