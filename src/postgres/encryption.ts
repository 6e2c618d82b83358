import { KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';
import { connect } from './connect.ts';

/** What libpq's sslmode `prefer`, the default, comes to on this server: decided once, for all sessions. */
export async function encryptedIfPossible(address: Address, signal: AbortSignal): Promise<Address> {
  const open = address.sslmode !== undefined && address.sslmode !== 'prefer';
  if (open || address.host.startsWith('/')) return address;
  const encrypted = { ...address, sslmode: 'require' as const };
  try {
    await (await connect(encrypted, signal))[Symbol.asyncDispose]();
    return encrypted;
  } catch (error) {
    if (!(error instanceof KnownError) || !/does not support SSL/.test(error.message)) throw error;
    return { ...address, sslmode: 'disable' };
  }
}
