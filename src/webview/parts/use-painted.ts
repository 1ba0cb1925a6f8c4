import { useEffect, useState } from 'preact/hooks';

/** False until the first frame in which `isThere` was true is painted: what is not seen in it can wait until then. */
export function usePainted(isThere: boolean): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    if (!isThere || isPainted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A frame calls back before it is painted.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [isThere]);
  return isPainted;
}
