import { UserError } from '../core/userError.ts';

/** Others had the lock for longer than there was patience to wait. */
export class LockBusy extends UserError {}
