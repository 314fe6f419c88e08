import type { ContentPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ReadContext } from '../dialect.ts';
import { customInput, customToolNames } from '../shared/custom-tools.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { readBlock } from './blocks-read.ts';
import { DIALECT, toolNamesFor } from './vocabulary.ts';

/** Reads the blocks of one answer: tool names as the client knows them, signatures with the model that gave them. */
export class AnswerBlocks {
  readonly custom: Set<string>;
  readonly #names: ToolNames;
  readonly #model: string;

  constructor(context: ReadContext) {
    this.custom = customToolNames(context.request);
    this.#names = toolNamesFor(context.request);
    this.#model = context.model;
  }

  read(block: JsonObject): ContentPart {
    const part = readBlock(block);
    if (part.type === 'tool-call') part.name = this.#names.toClient(part.name);
    if (part.type === 'reasoning' && part.signature?.dialect === DIALECT) part.signature.model = this.#model;
    return part;
  }

  /** The same for a whole answer: calls to free-form tools get their text back at once. */
  readWhole(block: JsonObject): ContentPart {
    const part = this.read(block);
    if (part.type !== 'tool-call' || !this.custom.has(part.name)) return part;
    return { ...part, kind: 'custom', arguments: customInput(part.arguments) };
  }
}
