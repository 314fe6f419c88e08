import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { Obstacle } from './format.ts';
import { put } from './value.ts';

export type TomlPath = readonly (string | number)[];

/** `key = value`, wherever it stands, by its whole path. */
export interface TomlEntry {
  path: TomlPath;
  from: number;
  to: number;
  valueFrom: number;
  value: AST.TOMLContentNode;
  /** The inline table it stands in. */
  inline: AST.TOMLInlineTable | undefined;
}

/** A `[table]`, an item of `[[tables]]`, or (with an empty path, and no header) what stands before the first of them. */
export interface TomlTable {
  path: TomlPath;
  isItem: boolean;
  from: number;
  /** The end of its header. */
  header: number;
  /** Those of its own lines, in order. */
  entries: TomlEntry[];
}

export interface TomlTree {
  value: Json;
  top: TomlTable;
  tables: TomlTable[];
  /** All, inline ones too. */
  entries: TomlEntry[];
  comments: { from: number; to: number }[];
}

/** Parses TOML 1.0 and says where everything stands. Offsets are those of `text`; a BOM is left out of the parse. */
export function parseTomlTree(text: string): { ok: true; tree: TomlTree } | { ok: false; obstacle: Obstacle } {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  try {
    return { ok: true, tree: treeOf(parseTOML(text.slice(bom), { tomlVersion: '1.0' }), bom) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, obstacle: { message: `This is not valid TOML: ${error.message}.`.replace('..', '.'), offset: bom + error.index } };
  }
}

function treeOf(program: AST.TOMLProgram, bom: number): TomlTree {
  const [body] = program.body;
  const top: TomlTable = { path: [], isItem: false, from: bom, header: bom, entries: [] };
  const tree: TomlTree = { value: plain(getStaticTOMLValue(program)), top, tables: [], entries: [], comments: [] };
  for (const node of body.body) {
    if (node.type === 'TOMLKeyValue') top.entries.push(entryOf(node, [], undefined, bom, tree));
    else tree.tables.push(tableOf(node, bom, tree));
  }
  tree.comments = program.comments.map(({ range }) => ({ from: range[0] + bom, to: range[1] + bom }));
  return tree;
}

function tableOf(node: AST.TOMLTable, bom: number, tree: TomlTree): TomlTable {
  const path = node.resolvedKey;
  const header = node.key.range[1] + bom + (node.kind === 'array' ? 2 : 1);
  return {
    path,
    isItem: node.kind === 'array',
    from: node.range[0] + bom,
    header,
    entries: node.body.map((entry) => entryOf(entry, path, undefined, bom, tree)),
  };
}

function entryOf(node: AST.TOMLKeyValue, above: TomlPath, inline: AST.TOMLInlineTable | undefined, bom: number, tree: TomlTree): TomlEntry {
  const path = [...above, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
  const { value } = node;
  const entry = { path, from: node.range[0] + bom, to: node.range[1] + bom, valueFrom: value.range[0] + bom, value, inline };
  tree.entries.push(entry);
  if (value.type === 'TOMLInlineTable') for (const inner of value.body) entryOf(inner, path, value, bom, tree);
  return entry;
}

/** Dates as ISO texts, big integers as numbers. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (!isObject(value)) return value as Json;
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) put(object, key, plain(item));
  return object;
}
