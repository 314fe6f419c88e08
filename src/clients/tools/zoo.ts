import { rooFamily } from './roo-family.ts';

/** Zoo Code, which continues Roo Code. Names from src/package.json of Zoo-Code-Org/Zoo-Code 3.82. */
export const zoo = rooFamily({
  id: 'zoo',
  name: 'Zoo Code',
  extension: 'zoocodeorganization.zoo-code',
  setting: 'zoo-code.autoImportSettingsPath',
  recordedAs: ['Zoo Code'],
  file: 'zoo-code.json',
});
