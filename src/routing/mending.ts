import type { GatewayError } from '../conversation/error.ts';
import { unsupportedParameter, withoutParameter } from '../providers/retry-without.ts';
import type { AttemptOptions, Sent } from './attempt.ts';
import type { Exchange } from './exchange.ts';
import { type Outgoing, outgoingFor } from './outgoing.ts';
import { refusesReasoning } from './signatures/refusal.ts';
import { type ReasoningRule, withoutAny, withoutForeign } from './signatures/rule.ts';
import type { Target } from './target.ts';

type Mend = 'credential' | 'reasoning' | 'parameter';

/**
 * Writes one exchange's request for one target, and writes it anew when the target refuses it for a reason that can be mended: an
 * expired token, the reasoning of earlier turns, a parameter it does not know. Each of these once.
 */
export class Mending {
  readonly #exchange: Exchange;
  readonly #target: Target;
  readonly #options: AttemptOptions;
  readonly #done = new Set<Mend>();
  #credential: string | undefined;
  #reasoning: ReasoningRule | undefined;

  constructor(exchange: Exchange, target: Target, options: AttemptOptions) {
    this.#exchange = exchange;
    this.#target = target;
    this.#options = options;
  }

  /** The request as it is sent first. Throws the GatewayError of a credential that is missing or cannot be made. */
  async first(): Promise<Sent> {
    this.#credential = await this.#options.credentials.of(this.#target.account);
    this.#reasoning = withoutForeign(this.#exchange, this.#target, this.#options.signatures);
    return this.#written();
  }

  /** The mended request, or `undefined` when this failure is not to be mended. */
  async after(error: GatewayError, sent: Sent): Promise<Sent | undefined> {
    if (this.#exchange.signal.aborted) return undefined;
    return (await this.#withFreshCredential(error)) ?? this.#withoutReasoning(error, sent) ?? this.#withoutParameter(error, sent);
  }

  async #withFreshCredential(error: GatewayError): Promise<Sent | undefined> {
    const { credentials } = this.#options;
    const { account } = this.#target;
    const used = this.#credential;
    if (error.class !== 'auth' || used === undefined || !credentials.renewable(account) || !this.#once('credential')) return undefined;
    await credentials.refused(account, used);
    this.#credential = await credentials.of(account);
    return this.#credential === used ? undefined : this.#written();
  }

  #withoutReasoning(error: GatewayError, sent: Sent): Sent | undefined {
    if (!refusesReasoning(error) || !this.#once('reasoning')) return undefined;
    const dropped = new Set<string>();
    this.#reasoning = withoutAny((proof) => dropped.add(proof));
    const written = this.#written();
    if (written.outgoing.body === sent.outgoing.body) return undefined;
    this.#options.signatures.distrust(dropped);
    this.#exchange.warn(`${this.#target.name} refused the reasoning of earlier turns: left out`);
    return written;
  }

  /** A 400 that names one parameter it does not know is answered by leaving that parameter out. */
  #withoutParameter(error: GatewayError, sent: Sent): Sent | undefined {
    if (error.status !== 400 && error.status !== 422) return undefined;
    const parameter = unsupportedParameter(error.message);
    if (parameter === undefined || !this.#once('parameter')) return undefined;
    const object = withoutParameter(sent.outgoing.object, parameter);
    if (object === sent.outgoing.object) return undefined;
    this.#options.refused.add(this.#target, parameter);
    this.#warnLeftOut(parameter);
    return { ...sent, outgoing: { ...sent.outgoing, object, body: JSON.stringify(object) } };
  }

  #once(mend: Mend): boolean {
    if (this.#done.has(mend)) return false;
    this.#done.add(mend);
    return true;
  }

  #written(): Sent {
    const exchange = this.#exchange;
    const target = this.#target;
    const credential = this.#credential;
    const outgoing = this.#withoutKnown(outgoingFor(exchange, target, credential, this.#reasoning));
    return { exchange, target, outgoing, credential, options: this.#options };
  }

  /** The request without what this model has refused before. */
  #withoutKnown(outgoing: Outgoing): Outgoing {
    const object = this.#options.refused.strip(this.#target, outgoing.object, (parameter) => this.#warnLeftOut(parameter));
    return object === outgoing.object ? outgoing : { ...outgoing, object, body: JSON.stringify(object) };
  }

  #warnLeftOut(parameter: string): void {
    this.#exchange.warn(`${this.#target.name} does not accept "${parameter}": left out`);
  }
}
