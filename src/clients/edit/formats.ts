import type { FilePlan } from '../client.ts';
import { dotenv } from './dotenv.ts';
import type { Format } from './edit.ts';
import { json, json5 } from './json.ts';
import { toml } from './toml.ts';
import { yaml } from './yaml.ts';

/** Each format by its name in a plan. */
export const FORMATS: Readonly<Record<FilePlan['format'], Format>> = { json, json5, yaml, toml, dotenv };
