/**
 * True for OpenAI's reasoning models (`o1`, `o3-mini`, `gpt-5.4`, also behind a router's prefix: `openai/gpt-5`).
 * The `-chat` models of the gpt-5 family do not reason and take sampling parameters.
 */
export function isOpenaiReasoning(model: string): boolean {
  const id = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return /^(?:o\d|gpt-[5-9])/.test(id) && !/-chat\b/.test(id);
}
