/**
 * Keeps a long run small. V8 lets its heap grow to several times what is in use, which a stream of short-lived results never needs: what
 * lives on is some 30 MB, however long the stream. Both settings only say when to collect; a large exchange still gets what it takes.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of the space for what is new; when it has grown to this, it stays. */
const YOUNG_BYTES = 8 << 20;
/** The same for a thread, in MB, as Node counts it: three halves. */
export const YOUNG_MB = 12;
/** Collected when what lived on last time has grown by so much. */
const GROWTH_PERCENT = 60;

/** @returns what a long run calls now and then */
export function smallHeap(): () => void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  let growing = true;
  return () => {
    if (!growing) return;
    const young = getHeapSpaceStatistics().find((s) => s.space_name === 'new_space');
    if (young !== undefined && young.space_size < YOUNG_BYTES) return;
    growing = false;
    setFlagsFromString('--semi-space-growth-factor=1');
  };
}
