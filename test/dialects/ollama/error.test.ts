import { describe, expect, it } from 'vitest';
import { ollama } from '../../../src/dialects/ollama/index.ts';
import { recordings } from '../../recordings.ts';

const read = (status: number, body: unknown) => ollama.readError(status, {}, body, [], 0);

describe('Ollama’s errors', () => {
  it('classes the recorded missing model as capability', () => {
    const [found] = recordings(({ file, format }) => file.startsWith('errors/') && format === 'ollama');
    expect(read(found?.response.status ?? 0, found?.response.body)).toMatchObject({
      class: 'capability',
      status: 404,
      message: "model 'nonexistent-model:latest' not found",
      raw: { dialect: 'ollama', body: { error: "model 'nonexistent-model:latest' not found" } },
    });
  });

  it.each([
    [400, '"llama3.1:8b" does not support thinking', 'capability'],
    [400, 'registry.ollama.ai/library/gemma3:1b does not support tools', 'capability'],
    [400, 'invalid options: temperature must be a number', 'request'],
    [400, 'the input length exceeds the context length', 'context'],
    [401, 'unauthorized', 'auth'],
    [429, "you've reached your hourly usage limit, please upgrade to continue", 'quota'],
    [429, 'too many requests', 'rate'],
    [500, 'model requires more system memory (8.4 GiB) than is available (5.2 GiB)', 'overload'],
    [500, 'llama runner process has terminated: exit status 2', 'overload'],
    [503, 'server busy, please try again. maximum pending requests exceeded', 'overload'],
  ])('classes %i "%s" as %s', (status, error, expected) => {
    expect(read(status, { error })).toMatchObject({ class: expected, status, message: error });
  });

  it('reads the bodies of proxies too', () => {
    expect(read(502, '<html>Bad Gateway</html>')).toMatchObject({ class: 'overload', raw: undefined });
    expect(read(400, { error: { message: 'no such field' } }).message).toBe('no such field');
    expect(read(500, undefined).message).toBe('The provider answered with status 500.');
  });
});
