import * as z from 'zod';

/** Where a secret is: in the vault under a name, or in the environment of the gateway. Never the secret itself. */
export const credentialRefSchema = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ secret: z.string().min(1) })]);
export type CredentialRef = z.infer<typeof credentialRefSchema>;

const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s/]+$/, 'may not hold spaces or slashes');

const httpUrl = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https URL');

export const accountSchema = z.strictObject({
  id: z.string().min(1).max(100),
  provider: z.string().min(1),
  name: z.string().min(1).max(100),
  /** The first part of model names, `prefix/model`; the provider's own when absent. */
  prefix: name.optional(),
  baseUrl: httpUrl.optional(),
  /** What the provider wants beside the key: region, project, resource … */
  parameters: z.record(z.string(), z.string()).optional(),
  credential: credentialRefSchema.optional(),
  priority: z.number().int().default(1),
  enabled: z.boolean().default(true),
  /** `http://`, `https://` or `socks5://` proxy of this account alone. */
  proxy: z
    .string()
    .refine((text) => URL.canParse(text) && /^(https?|socks5h?):$/.test(new URL(text).protocol), 'must be an http, https or socks5 URL')
    .nullable()
    .default(null),
  /** Headers the user wants sent to this account (custom nodes). */
  headers: z.record(z.string(), z.string()).optional(),
});
export type AccountConfig = z.infer<typeof accountSchema>;

export const comboSchema = z.strictObject({
  name,
  strategy: z.literal('fill-first').default('fill-first'),
  targets: z.array(z.string().min(1)).min(1),
  deadlineMs: z.number().int().positive().optional(),
});
export type ComboConfig = z.infer<typeof comboSchema>;

export const keySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).max(100),
  /** `sha256:<hex>` of the key. The key has 256 random bits, so one round is enough. */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** The last four characters, to tell keys apart on screen. */
  hint: z.string().optional(),
  createdAt: z.string().optional(),
  /** Patterns of model names this key may use (`*` stands for anything); absent: all. */
  models: z.array(z.string().min(1)).optional(),
});
export type KeyConfig = z.infer<typeof keySchema>;

const ms = (fallback: number) => z.number().int().min(1).max(2_147_483_647).default(fallback);

export const settingsSchema = z.strictObject({
  timeouts: z
    .strictObject({
      /** TCP and TLS to the provider. */
      connectMs: ms(10_000),
      /** From the request sent to the first byte of the answer's body. */
      firstByteMs: ms(60_000),
      /** Between two pieces of an answer. */
      idleMs: ms(120_000),
      /** The whole request. */
      totalMs: ms(900_000),
    })
    .prefault({}),
  stream: z
    .strictObject({
      /** Silence after which a client is sent a ping. */
      pingMs: ms(15_000),
      /** How long reasoning is held back when nothing is left to fall back to: an answer that ends in it alone is then still a clean failure. */
      reasoningHoldMs: z.number().int().min(0).max(60_000).default(1000),
    })
    .prefault({}),
  security: z
    .strictObject({
      /** Browser origins that may call the gateway. */
      origins: z.array(z.string()).default([]),
      /** Host names besides 127.0.0.1, localhost and [::1]. */
      hosts: z.array(z.string()).default([]),
      maxBodyBytes: z
        .number()
        .int()
        .min(1024)
        .default(50 * 1024 * 1024),
    })
    .prefault({}),
  responses: z
    .strictObject({
      /** Responses kept in memory so that `previous_response_id` works over any provider. */
      maxEntries: z.number().int().min(0).default(500),
      maxBytes: z
        .number()
        .int()
        .min(0)
        .default(64 * 1024 * 1024),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const configSchema = z
  .strictObject({
    version: z.literal(1),
    accounts: z.array(accountSchema).default([]),
    combos: z.array(comboSchema).default([]),
    keys: z.array(keySchema).default([]),
    settings: settingsSchema.prefault({}),
  })
  .superRefine((config, context) => {
    reportDuplicates(context, 'accounts', 'id', config.accounts);
    reportDuplicates(context, 'combos', 'name', config.combos);
    reportDuplicates(context, 'keys', 'id', config.keys);
  });
export type Config = z.infer<typeof configSchema>;

function reportDuplicates<K extends string>(context: z.RefinementCtx, list: string, field: K, rows: readonly Record<K, string>[]): void {
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const value = row[field];
    if (seen.has(value)) context.addIssue({ code: 'custom', path: [list, index, field], message: `"${value}" is there twice` });
    seen.add(value);
  }
}

export function emptyConfig(): Config {
  return configSchema.parse({ version: 1 });
}

/** `accounts[0].baseUrl: must be …` for each problem. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
      '',
    );
    return path ? `${path}: ${issue.message}` : issue.message;
  });
}
