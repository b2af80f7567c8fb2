// Nothing imports this file. `npm run check` fails when the search for dead code does not find it,
// so that a search that sees nothing cannot look green.
export const unused = true
