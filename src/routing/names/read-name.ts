import { AUTO_NAMES } from '../../config/name-problems.ts';
import type { ComboConfig } from '../../config/schema.ts';
import { wildcard } from '../../config/wildcard.ts';
import type { Directory } from '../facts.ts';

export type AutoName = (typeof AUTO_NAMES)[number];

/** What a name means. `resolved` is what an alias or a route made of it, `caught` what the first `*` of a route stands for. */
export type Reading = { resolved: string; caught?: string } & (
  | { kind: 'combo'; combo: ComboConfig }
  | { kind: 'auto'; auto: AutoName }
  | { kind: 'model' }
);

/** Longer than any model's name (Bedrock's ARNs have up to 2,048 letters); patterns are not tried on more. */
const MAX_NAME = 2048;

/** What a client means by a name: a combo, an alias, automatic routing, a wildcard route, or a model; the first of these that fits. */
export function readName(name: string, directory: Directory): Reading {
  const plain = readReference(name, directory);
  return plain.kind === 'model' && plain.resolved === name ? (readRoute(name, directory) ?? plain) : plain;
}

/** What a name means inside a combo, where no route counts: else `anthropic/*` could not lead to a combo that holds `anthropic/…`. */
export function readReference(name: string, directory: Directory): Reading {
  const combo = comboNamed(name, directory);
  if (combo) return { kind: 'combo', resolved: name, combo };
  const to = Object.hasOwn(directory.aliases, name) ? directory.aliases[name] : undefined;
  return to === undefined ? readTarget(name, directory) : readTarget(to, directory);
}

/** What an alias or a route leads to: never another alias. */
function readTarget(name: string, directory: Directory): Reading {
  const combo = comboNamed(name, directory);
  if (combo) return { kind: 'combo', resolved: name, combo };
  const auto = AUTO_NAMES.find((entry) => entry === name);
  return auto ? { kind: 'auto', resolved: name, auto } : { kind: 'model', resolved: name };
}

function readRoute(name: string, directory: Directory): Reading | undefined {
  if (name.length > MAX_NAME) return undefined;
  for (const { match, to } of directory.routes) {
    const caught = wildcard(match).exec(name)?.[1];
    if (caught === undefined) continue;
    // With a `*` filled in by the client it is a model's name and nothing else: a route opens no combo that it does not name.
    if (to.includes('*')) return { kind: 'model', resolved: to.replaceAll('*', () => caught), caught };
    return { ...readTarget(to, directory), caught };
  }
  return undefined;
}

function comboNamed(name: string, directory: Directory): ComboConfig | undefined {
  return directory.combos.find((combo) => combo.name === name);
}
