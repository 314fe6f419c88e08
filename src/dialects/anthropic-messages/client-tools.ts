import type { JsonObject } from '../../conversation/json.ts';

interface Known {
  description: string;
  parameters: JsonObject;
}

const text = (description: string): JsonObject => ({ type: 'string', description });

const BASH: Known = {
  description: 'Run a command in a persistent bash session.',
  parameters: {
    type: 'object',
    properties: { command: text('The command to run.'), restart: { type: 'boolean', description: 'True restarts the session.' } },
  },
};

const edits = (commands: string[]): Known => ({
  description: 'View, create and edit text files.',
  parameters: {
    type: 'object',
    properties: {
      command: { type: 'string', enum: commands },
      path: text('Path of the file or folder.'),
      view_range: { type: 'array', items: { type: 'integer' }, description: 'For view: first and last line; -1 is the end.' },
      file_text: text('For create: the whole content.'),
      old_str: text('For str_replace: the text to replace; must occur once.'),
      new_str: text('For str_replace: the new text. For insert in older versions: the text to insert.'),
      insert_line: { type: 'integer', description: 'For insert: the line to insert after; 0 is the beginning.' },
      insert_text: text('For insert: the text to insert.'),
    },
    required: ['command', 'path'],
  },
});

const MEMORY: Known = {
  description: 'Read and write notes below /memories that last between conversations.',
  parameters: {
    type: 'object',
    properties: {
      command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert', 'delete', 'rename'] },
      path: text('Path below /memories.'),
      view_range: { type: 'array', items: { type: 'integer' } },
      file_text: text('For create: the whole content.'),
      old_str: text('For str_replace: the text to replace.'),
      new_str: text('For str_replace: the new text.'),
      insert_line: { type: 'integer', description: 'For insert: the line to insert after.' },
      insert_text: text('For insert: the text to insert.'),
      old_path: text('For rename: the present path.'),
      new_path: text('For rename: the new path.'),
    },
    required: ['command'],
  },
};

/**
 * The arguments of the tools that Anthropic defines and the client runs, from the vendor's tool pages (bash, text editor, memory):
 * its own models know them by type, any other model needs the schema. Computer use and the toolsets are left out: they are of no
 * use to a model that was not trained on them.
 */
export function clientToolSchema(type: string): Known | undefined {
  if (type.startsWith('bash_')) return BASH;
  if (type === 'text_editor_20250429' || type === 'text_editor_20250728') return edits(['view', 'create', 'str_replace', 'insert']);
  if (type.startsWith('text_editor_')) return edits(['view', 'create', 'str_replace', 'insert', 'undo_edit']);
  return type.startsWith('memory_') ? MEMORY : undefined;
}
