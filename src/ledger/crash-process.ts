// What crash.test.ts kills: rounds as small, and as close together, as they can be.
import pg from 'pg'
import { signingKey } from '../kernel/index.ts'
import { transactionOn, txOn } from './client-tx.ts'
import { logSigner } from './note.ts'
import { Sequencer } from './sequencer.ts'

const { connection, origin, pem } = JSON.parse(process.env.GOC_TEST_SEQUENCER ?? '')
const client = new pg.Client(connection)
await client.connect()
const log = await Sequencer.takeUp(txOn(client), origin, [logSigner(origin, signingKey(pem))])
process.send?.('leads')
for (;;) await transactionOn(client, (tx) => log.round(tx, 7))
