import { asArray, asNumber, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';

/** `logprobsResult`: the chosen token of each step, and the likeliest ones. */
export function readLogprobs(value: Json | undefined): TokenLogprob[] {
  const result = asObject(value);
  const top = asArray(result?.topCandidates);
  return asArray(result?.chosenCandidates).flatMap((chosen, step) => {
    const token = readToken(chosen);
    if (!token) return [];
    const others = asArray(asObject(top[step])?.candidates).flatMap((each) => readToken(each) ?? []);
    return [{ ...token, ...(others.length > 0 ? { top: others } : {}) }];
  });
}

function readToken(value: Json): { token: string; logprob: number } | undefined {
  const candidate = asObject(value);
  const token = asString(candidate?.token);
  const logprob = asNumber(candidate?.logProbability);
  return token === undefined ? undefined : { token, logprob: logprob ?? 0 };
}

export function writeLogprobs(logprobs: TokenLogprob[]): JsonObject {
  const candidate = (each: { token: string; logprob: number }): JsonObject => ({ token: each.token, logProbability: each.logprob });
  return {
    chosenCandidates: logprobs.map(candidate),
    ...(logprobs.some((each) => each.top)
      ? { topCandidates: logprobs.map((each) => ({ candidates: (each.top ?? []).map(candidate) })) }
      : {}),
  };
}
