/** Model lists in each dialect's shape: a gateway may ask for them whenever it likes, so they are never part of a script. */
export function modelListFor(url: string): unknown {
  const path = url.split('?')[0] ?? '';
  if (!path.endsWith('/models')) return undefined;
  if (path.includes('v1beta')) {
    return { models: [{ name: 'models/scripted-model', supportedGenerationMethods: ['generateContent', 'streamGenerateContent'] }] };
  }
  return {
    object: 'list',
    data: [{ id: 'scripted-model', object: 'model', type: 'model', display_name: 'Scripted', owned_by: 'test', created: 1 }],
  };
}
