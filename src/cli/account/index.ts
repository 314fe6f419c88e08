import { subcommands } from '../subcommands.ts';
import { add } from './add.ts';
import { edit } from './edit.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { rotate } from './rotate.ts';
import { disable, enable } from './switch.ts';
import { test } from './test.ts';

/** `omniroute account …`: the accounts requests can go to. */
export const account = subcommands('account', { add, list, test, enable, disable, rotate, edit, remove });
