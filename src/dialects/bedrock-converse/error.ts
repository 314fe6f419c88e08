import { GatewayError } from '../../conversation/error.ts';
import { asObject, asString, type JsonObject } from '../../conversation/json.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { retryAfterOf, waitInText } from '../shared/retry-after.ts';

/** Error names of the Bedrock runtime ("Converse", Errors; "Common errors"), with the wordings that mean something of their own. */
const OWN_RULES: FailureRule[] = [
  { class: 'quota', word: 'ThrottlingException', text: /per day|daily/i },
  { class: 'quota', word: 'ServiceQuotaExceededException' },
  {
    class: 'capability',
    text: /access to the model|model identifier is invalid|on-demand throughput|model is not supported|does(?:n't| not) support/i,
  },
  { class: 'capability', word: ['ResourceNotFoundException', 'ModelNotFoundException'] },
  {
    class: 'auth',
    word: [
      'AccessDeniedException',
      'UnrecognizedClientException',
      'ExpiredTokenException',
      'InvalidSignatureException',
      'IncompleteSignature',
      'MissingAuthenticationToken',
    ],
  },
  {
    class: 'overload',
    word: ['ModelNotReadyException', 'ModelErrorException', 'ModelStreamErrorException', 'ServiceUnavailableException'],
  },
  { class: 'overload', word: ['InternalServerException', 'InternalFailure'] },
  { class: 'network', word: 'ModelTimeoutException' },
];

const STATUS_OF_NAME: Record<string, number> = {
  throttlingexception: 429,
  validationexception: 400,
  accessdeniedexception: 403,
  modelstreamerrorexception: 424,
  modeltimeoutexception: 408,
  serviceunavailableexception: 503,
  internalserverexception: 500,
};

/** Classes a failed answer: the name stands in `x-amzn-errortype` or `__type`, the words in `message`. */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const object = asObject(body);
  const name = nameOf(headers['x-amzn-errortype'] ?? asString(object?.__type));
  const words =
    asString(object?.message) ?? asString(object?.Message) ?? (typeof body === 'string' && body !== '' ? body.slice(0, 500) : undefined);
  const message = words ?? `The provider answered with status ${status}.`;
  const found = classifyFailure({ status, words: name ? [name] : [], message }, [...rules, ...OWN_RULES]);
  const wait = retryAfterOf(headers, now) ?? waitInText(message);
  return new GatewayError({
    class: found,
    status,
    message,
    ...(name ? { code: name } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(object ? { raw: { dialect: 'bedrock-converse', body: object } } : {}),
  });
}

/** An exception frame inside a stream; the stream names them with a small first letter. */
export function readException(name: string, body: JsonObject, now: number): GatewayError {
  return readError(STATUS_OF_NAME[name.toLowerCase()] ?? 500, { 'x-amzn-errortype': name }, body, [], now);
}

/** `ThrottlingException:http://…` or `com.amazon.coral.service#ThrottlingException` without what stands around it. */
function nameOf(text: string | undefined): string | undefined {
  return text?.split(':')[0]?.split('#').at(-1);
}
