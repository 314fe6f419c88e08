import { asArray, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';

/** What a user of another dialect should still see of a block that only this dialect knows, or `undefined` when nothing is lost to him. */
export function serverText(block: JsonObject): string | undefined {
  switch (block.type) {
    case 'search_result':
      return [asString(block.title), asString(block.source), blocksText(block.content)].filter(Boolean).join('\n');
    case 'tool_reference':
      return `Tool found: ${asString(block.tool_name) ?? ''}`;
    case 'compaction':
      // The summary replaces the conversation before it: without it the model would know nothing of that.
      return asString(block.content);
    case 'server_tool_use':
      return codeOf(block);
    case 'code_execution_tool_result':
    case 'bash_code_execution_tool_result':
      return outputOf(asObject(block.content));
    default:
      return undefined;
  }
}

function blocksText(content: Json | undefined): string {
  return asArray(content)
    .map((item) => asString(asObject(item)?.text) ?? '')
    .join('\n');
}

function codeOf(block: JsonObject): string | undefined {
  const input = asObject(block.input);
  const code = block.name === 'code_execution' ? asString(input?.code) : undefined;
  const command = block.name === 'bash_code_execution' ? asString(input?.command) : undefined;
  if (code !== undefined) return fenced('python', code);
  return command === undefined ? undefined : fenced('bash', command);
}

function outputOf(result: JsonObject | undefined): string | undefined {
  const output = [asString(result?.stdout), asString(result?.stderr)].filter(Boolean).join('\n');
  return output ? fenced('', output) : undefined;
}

const fenced = (language: string, text: string): string => `\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\`\n`;
