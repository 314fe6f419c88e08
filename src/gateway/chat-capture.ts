import type { Context } from 'hono';
import { type CapturedAttempt, KeptText, keptHeaders, pathOf } from '../ledger/capture/capture.ts';
import type { RequestRecord } from '../ledger/record.ts';
import type { Outgoing } from '../routing/outgoing.ts';
import type { Target } from '../routing/target.ts';
import { CapturedReply } from './captured-reply.ts';
import type { Env, Gateway } from './context.ts';
import type { ReplySurface } from './forwarding-reply.ts';

/** One exchange while it is captured. */
export class ChatCapture {
  readonly #c: Context<Env>;
  readonly #gateway: Pick<Gateway, 'captures'>;
  readonly #body: KeptText;
  readonly #sent: { target: Target; outgoing: Outgoing; body: KeptText }[] = [];
  readonly #answer = new KeptText();

  /** `undefined` while captures are switched off. */
  static of(c: Context<Env>, gateway: Pick<Gateway, 'captures'>, body: string): ChatCapture | undefined {
    return gateway.captures.on ? new ChatCapture(c, gateway, body) : undefined;
  }

  private constructor(c: Context<Env>, gateway: Pick<Gateway, 'captures'>, body: string) {
    this.#c = c;
    this.#gateway = gateway;
    this.#body = new KeptText(body);
  }

  /** Hears what goes to a provider. */
  readonly onSend = (outgoing: Outgoing, target: Target): void => {
    this.#sent.push({ target, outgoing, body: new KeptText(outgoing.body) });
  };

  /** The same reply; what is written to it is kept too. */
  heard(reply: ReplySurface): ReplySurface {
    return new CapturedReply(reply, (text) => this.#answer.push(text));
  }

  end(record: RequestRecord): void {
    const { captures } = this.#gateway;
    const { redact } = captures;
    const { req, env } = this.#c;
    const headers = keptHeaders(env.incoming.headers);
    captures.add({
      id: record.id,
      at: record.at,
      record,
      request: { method: req.method, path: redact(pathOf(req.path)), headers: redacted(headers, redact), body: this.#body.shown(redact) },
      sent: this.#sent.map((sent) => attemptOf(sent, redact)),
      answer: { status: record.status, body: this.#answer.shown(redact) },
    });
  }
}

type Redact = (text: string) => string;

function attemptOf({ target, outgoing, body }: { target: Target; outgoing: Outgoing; body: KeptText }, redact: Redact): CapturedAttempt {
  return {
    target: target.name,
    account: target.account.config.name,
    dialect: target.dialect,
    method: 'POST',
    path: redact(pathOf(outgoing.url)),
    headers: redacted(keptHeaders(outgoing.headers), redact),
    body: body.shown(redact),
  };
}

function redacted(headers: Record<string, string>, redact: Redact): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redact(value)]));
}
