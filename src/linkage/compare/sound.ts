/**
 * How a word sounds, roughly and in no language in particular: what people of one country write
 * for each other's sounds falls together. It only chooses which pairs are compared.
 */

/** Applied in order to a folded word; at its beginning where a rule says so. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // Vietnamese beginnings that regions do not tell apart: d, gi; ch, tr; s, x; l, n.
  [/^gi(?=[aeou])/, 'd'],
  [/^tr(?=[aeiouy])/, 'c'],
  [/^n(?=[aeiouy])/, 'l'],
  [/^x/, 's'],
  [/sch|sh|sz|cz|ç/g, 's'],
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/ph|pf|w|v/g, 'f'],
  [/th|dt|tt/g, 't'],
  [/ck|qu|q|kh|ch|x|c/g, 'k'],
  [/gh/g, 'g'],
  [/z|ts/g, 's'],
  [/j|y/g, 'i'],
  [/ng|nh|nk/g, 'n'],
  [/(?<=.)h/g, ''],
]

export function soundOf(word: string): string {
  let text = word
  for (const [pattern, sound] of RULES) text = text.replace(pattern, sound)
  const [first = ''] = text
  const rest = text.slice(1).replace(/[aeiou]/g, '')
  const head = /[aeiou]/.test(first) ? 'a' : first
  return (head + rest).replace(/(.)\1+/gu, '$1')
}
