import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element in whole pixels, kept up to date; 0 until it is known. */
export function useWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const here = element.current;
    if (here === null) return;
    setWidth(Math.floor(here.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(here.clientWidth)));
    observer.observe(here);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
