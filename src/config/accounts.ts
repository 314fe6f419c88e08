import * as z from 'zod';
import { nameSchema, patternSchema } from './names.ts';

/** Where a secret is: in the vault under a name, or in the environment of the gateway. Never the secret itself. */
export const credentialRefSchema = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ secret: z.string().min(1) })]);
export type CredentialRef = z.infer<typeof credentialRefSchema>;

const httpUrl = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https URL');

/** What an account may be asked at most. What is absent is learned from the provider's headers, or not limited. */
export const limitsSchema = z.strictObject({
  /** Requests a minute. */
  rpm: z.number().int().positive().optional(),
  /** Tokens a minute, input and output. */
  tpm: z.number().int().positive().optional(),
  /** Least time between the starts of two requests, in milliseconds. */
  minGapMs: z.number().int().positive().max(600_000).optional(),
  /** Requests under way at the same time. */
  maxConcurrent: z.number().int().positive().optional(),
});
export type LimitsConfig = z.infer<typeof limitsSchema>;

/** A model the provider's list does not name, or says too little about. */
export const customModelSchema = z.strictObject({
  id: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  contextWindow: z.number().int().positive().optional(),
  maxOutput: z.number().int().positive().optional(),
  tools: z.boolean().optional(),
  vision: z.boolean().optional(),
  reasoning: z.boolean().optional(),
});

export const accountModelsSchema = z.strictObject({
  /** Patterns of vendor model ids this account may be used for; absent: all. */
  allow: z.array(patternSchema).min(1).optional(),
  /** Patterns of vendor model ids it may not be used for; wins over `allow`. */
  deny: z.array(patternSchema).min(1).optional(),
  /** Models added to the provider's own list; what is said here wins over the list. */
  custom: z.array(customModelSchema).optional(),
  /** The model `auto` takes of this account; absent: the first of the list that can do what is asked. */
  preferred: z.string().min(1).optional(),
});

export const accountSchema = z.strictObject({
  id: z.string().min(1).max(100),
  provider: z.string().min(1),
  name: z.string().min(1).max(100),
  /** The first part of model names, `prefix/model`; the provider's own when absent. */
  prefix: nameSchema.optional(),
  baseUrl: httpUrl.optional(),
  /** What the provider wants beside the key: region, project, resource … */
  parameters: z.record(z.string(), z.string()).optional(),
  credential: credentialRefSchema.optional(),
  /** When the key was last changed (ISO 8601): a refusal noted before then no longer counts. */
  rotatedAt: z.string().optional(),
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
  limits: limitsSchema.optional(),
  models: accountModelsSchema.optional(),
  /** Per cent of a quota window that is left unused. */
  headroom: z.number().min(0).max(100).optional(),
});
export type AccountConfig = z.infer<typeof accountSchema>;
