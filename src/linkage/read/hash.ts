/**
 * 32-bit hash of bytes, four at a time. Not against an adversary: tables that use it compare the
 * bytes as well.
 */
export function hashBytes(source: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(to - from, 0x9e3779b1)
  let at = from
  for (; at + 4 <= to; at += 4) {
    const word =
      (source[at] as number) |
      ((source[at + 1] as number) << 8) |
      ((source[at + 2] as number) << 16) |
      ((source[at + 3] as number) << 24)
    hash = Math.imul(hash ^ word, 0x85ebca6b)
    hash ^= hash >>> 15
  }
  for (; at < to; at++) hash = Math.imul(hash ^ (source[at] as number), 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
