/** A place in the text of `config.json`, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/**
 * Where the first problem is that a broken config's message tells (`ConfigError`): `line 3, column 5: …` as it stands, `combos[0].targets:
 * …` looked up in the text. `undefined` when it tells none that is there.
 */
export async function problemPlace(message: string, text: string): Promise<Place | undefined> {
  const [, line, column] = /\bline (\d+), column (\d+):/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) };
  const [, path] = /^ {2}([\w[\].-]+): /m.exec(message) ?? [];
  if (path === undefined) return undefined;
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const steps = stepsOf(path);
  // What is missing is not there to be shown: then what it is missing from.
  for (let length = steps.length; tree && length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, steps.slice(0, length));
    if (node) return placeAt(text, node.offset);
  }
  return undefined;
}

function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? (name ?? '') : Number(index)));
}

function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
