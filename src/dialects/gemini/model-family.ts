/** What a Gemini model's name tells about the API it speaks. */
export interface ModelFamily {
  /** 1, 2, 3, …; `undefined` for names that are not Gemini's (Gemma, a compatible server's own). */
  major: number | undefined;
  /** How thinking is steered: a budget (2.5), a level (3), or not at all. `unknown` for foreign names. */
  thinking: 'budget' | 'level' | 'none' | 'unknown';
  pro: boolean;
  lite: boolean;
  /** Image generation models: they take no tools' thinking settings and check signatures on every part. */
  image: boolean;
}

/**
 * Google's `-latest` aliases point at the newest generation: `gemini-flash-latest` answered as 3.6-flash
 * (recording google-nested-model-optional-stream).
 */
const NEWEST = 3;

export function familyOf(model: string): ModelFamily {
  const name = model.toLowerCase();
  const version = /gemini-(\d+)(?:[.-](\d+))?/.exec(name);
  const latest = /gemini-(?:pro|flash)[a-z-]*-latest/.test(name);
  const major = version ? Number(version[1]) : latest ? NEWEST : undefined;
  const image = name.includes('image');
  return {
    major,
    thinking: thinkingOf(name, major, version?.[2] === undefined ? 0 : Number(version[2])),
    pro: /-pro\b/.test(name),
    lite: name.includes('lite'),
    image,
  };
}

function thinkingOf(name: string, major: number | undefined, minor: number): ModelFamily['thinking'] {
  if (major === undefined) return 'unknown';
  if (/image|tts|audio|live/.test(name)) return 'none';
  if (major >= 3) return 'level';
  return major === 2 && minor === 5 ? 'budget' : 'none';
}
