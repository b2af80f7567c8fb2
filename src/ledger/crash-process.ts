// What crash.test.ts kills: rounds as small, and as close together, as they can be.
import pg from 'pg'
import { signingKey } from '../kernel/index.ts'
import { transactionOn, txOn } from './client-tx.ts'
import { logSigner } from './note.ts'
import { LEADER_LOCK, Sequencer } from './sequencer.ts'

const { connection, origin, pem } = JSON.parse(process.env.GOC_TEST_SEQUENCER ?? '')
const client = new pg.Client(connection)
await client.connect()
// The server ends the statement of a dead client before it frees this: only then is the lead free.
await client.query('select pg_advisory_lock($1)', [LEADER_LOCK])
const log = await Sequencer.takeUp(txOn(client), origin, [logSigner(origin, signingKey(pem))])
process.send?.('leads')
for (;;) await transactionOn(client, (tx) => log.round(tx, 7))
