import { useEffect, useRef, useState } from 'preact/hooks';

/** The value, at most once every `ms`: what comes in between is passed over, the last one never. */
export function useCalm<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(Date.now());
  useEffect(() => {
    const wait = last.current + ms - Date.now();
    const show = (): void => {
      last.current = Date.now();
      setShown(() => value);
    };
    if (wait <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}
