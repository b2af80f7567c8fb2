import { profileContract } from '../../test/profile-contract.ts'
import { profile } from './index.ts'

profileContract(profile)
