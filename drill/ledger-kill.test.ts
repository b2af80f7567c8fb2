// The kill series of the ledger: the test of `npm test`, twenty times over.
process.env.GOC_TEST_KILLS = '20'
await import('../src/ledger/crash.test.ts')
