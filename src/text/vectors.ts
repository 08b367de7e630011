export type Vectors = { embed(words: readonly string[]): Float32Array };
export function loadVectors(_bytes: Uint8Array): Vectors {
  return { embed: () => new Float32Array(0) };
}
