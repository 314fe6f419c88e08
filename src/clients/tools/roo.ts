import { rooFamily } from './roo-family.ts';

/** Roo Code. Its makers ended it on 15 May 2026; where it is still installed, it still works. */
export const roo = rooFamily({
  id: 'roo',
  name: 'Roo Code',
  extension: 'rooveterinaryinc.roo-cline',
  setting: 'roo-cline.autoImportSettingsPath',
  recordedAs: ['Roo Code'],
  file: 'roo-code.json',
});
