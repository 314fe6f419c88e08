import { usageOf } from './help.ts';
import { type Io, UsageError } from './io.ts';

export type Command = (args: string[], io: Io) => Promise<number>;

/** A command made of several: `account add`, `account list` … The action may also stand behind options (`account --data DIR list`). */
export function subcommands(name: string, actions: Readonly<Record<string, Command>>): Command {
  return async (args, io) => {
    const at = args[0]?.startsWith('-') ? args.findIndex((word) => Object.hasOwn(actions, word)) : 0;
    const word = args[at] ?? '';
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (!action) throw new UsageError(`${word ? `there is no "${name} ${word}"` : `"${name}" needs one more word:`}\n${usageOf(name)}`);
    return await action(args.toSpliced(at, 1), io);
  };
}

/** The one name a command is about; `usage` is the command's words, `account remove`. */
export function theName(positionals: readonly string[], usage: string, what = 'a name'): string {
  const [name, ...more] = positionals;
  if (!name) throw new UsageError(`${what} is missing\n${usageOf(usage)}`);
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much\n${usageOf(usage)}`);
  return name;
}

/** For commands that take options alone. */
export function noNames(positionals: readonly string[], usage: string): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much\n${usageOf(usage)}`);
}
