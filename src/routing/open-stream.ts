import { providerDialect } from '../dialects/registry.ts';
import { CustomCallRestorer, customToolNames } from '../dialects/shared/custom-tools.ts';
import type { Asked } from './attempt.ts';
import { CleanReader } from './clean-reader.ts';
import { readContext, replyContext } from './contexts.ts';
import type { Answer } from './exchange.ts';
import { framingFor } from './framing-for.ts';
import { PassThroughPipe, type Pipe, TranslatingPipe } from './pipe.ts';
import { sentSecrets } from './sent-secrets.ts';
import { MintingReader } from './signatures/minting.ts';
import { StreamAnswer } from './stream-answer.ts';

/** A streamed answer for a client that asked for one. Resolves at its commit. */
export async function openStream(asked: Asked): Promise<Answer> {
  const { response, watchdog, outgoing, signal, options } = asked;
  const stream = new StreamAnswer({
    body: response.body,
    framing: framingFor(response.headers['content-type'] ?? '', asked.credential),
    pipe: pipeFor(asked),
    isEnd: providerDialect(asked.target.dialect).isEnd,
    watchdog,
    url: outgoing.url,
    signal,
    reasoningHoldMs: options.reasoningHoldMs,
    passThrough: outgoing.passThrough,
  });
  return await stream.open();
}

function pipeFor({ exchange, target, outgoing, options, credential }: Asked): Pipe {
  const { client, request, id } = exchange;
  const vendor = providerDialect(target.dialect).streamReader(readContext(exchange, target));
  const sent = { account: target.account, credential };
  const reader = new MintingReader(new CleanReader(vendor, sent), target, options.signatures);
  if (outgoing.passThrough) {
    const includeUsage = request.includeUsage ?? client.id !== 'openai-chat';
    return new PassThroughPipe(client, reader, {
      includeUsage,
      requestId: id,
      observe: options.observe,
      redact: (text) => sentSecrets(sent).redact(text),
    });
  }
  const customs = customToolNames(request);
  const restorer = customs.size > 0 ? new CustomCallRestorer(customs) : undefined;
  return new TranslatingPipe(reader, client.streamWriter(replyContext(exchange, target.model)), restorer, options.observe);
}
