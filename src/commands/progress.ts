/** One line on a terminal's standard error that says how far a long run has come, and is gone when it ends. */
import type { Sink } from './surroundings.js';

/** Milliseconds before it shows, and between two changes. */
const PATIENCE = 1_000;
const STEP = 200;

export class Progress {
  private readonly began = Date.now();
  private last = 0;

  constructor(private readonly sink: Sink) {}

  tell(done: number, all: number): void {
    if (this.sink.isTTY !== true) return;
    const now = Date.now();
    if (now - this.began < PATIENCE || now - this.last < STEP) return;
    this.last = now;
    this.sink.write(`\r\x1b[Ksavy: ${done} / ${all}`);
  }

  end(): void {
    if (this.last > 0) this.sink.write('\r\x1b[K');
  }
}
