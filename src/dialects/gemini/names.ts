import type { ChatRequest } from '../../conversation/request.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';

/** Function names: a letter or underscore, then letters, digits, `_ . : -`, 64 in all (128 on newer versions of the API). */
const FITS = /^[a-zA-Z_][a-zA-Z0-9_.:-]*$/;

/** The reversible map between the client's tool names and those Gemini accepts. */
export function geminiToolNames(request: ChatRequest): ToolNames {
  return new ToolNames(toolNamesOf(request), FITS, 64);
}
