import type { PartialArg } from '@google/genai';

type Tree = Record<string, unknown> | unknown[];

/** Arguments after further pieces, each at its JSON path (`$.items[0].name`); strings grow, other values are set. */
export function grownArgs(args: unknown, pieces: PartialArg[]): unknown {
  const root = structuredClone(args ?? {}) as Tree;
  for (const piece of pieces) {
    const keys = [...(piece.jsonPath ?? '').matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map((match) =>
      match[2] === undefined ? (match[1] ?? match[3] ?? '') : Number(match[2]),
    );
    grow(root, keys, piece);
  }
  return root;
}

function grow(root: Tree, keys: (string | number)[], piece: PartialArg): void {
  let at = root as Record<string | number, unknown>;
  for (const [depth, key] of keys.slice(0, -1).entries()) {
    at[key] ??= typeof keys[depth + 1] === 'number' ? [] : {};
    at = at[key] as Record<string | number, unknown>;
  }
  const last = keys.at(-1);
  if (last === undefined) return;
  if (piece.stringValue !== undefined) at[last] = `${(at[last] as string | undefined) ?? ''}${piece.stringValue}`;
  else at[last] = piece.numberValue ?? piece.boolValue ?? null;
}
