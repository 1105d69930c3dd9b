import type { Receipt } from '@overt/schema'
import { canonicalJson } from '@overt/schema/words'

import { bytesOf } from './encoding.ts'
import { refuse, type Refusal } from './refusal.ts'
import { isReceipt, snapshot } from './shape.ts'
import { verifyBytes } from './verify.ts'

/** A receipt holds at most this long after the decision. */
export const longestReceiptMs = 180 * 86_400_000

/** The bytes that a receipt's signature stands for: its canonical JSON without `signature`. */
export function receiptBytes(receipt: Omit<Receipt, 'signature'> & { readonly signature?: string }): Uint8Array<ArrayBuffer> {
  const { signature: _, ...body } = receipt
  return bytesOf(canonicalJson(body))
}

/** A receipt whose shape and signature hold, whatever it decides, or why not. */
export async function verifyReceipt(value: unknown): Promise<{ readonly ok: true; readonly value: Receipt } | Refusal> {
  const receipt = snapshot(value)
  if (!isReceipt(receipt)) return refuse('malformed')
  const genuine = await verifyBytes(receipt.publicKey, receipt.signature, receiptBytes(receipt))
  return genuine ? { ok: true, value: receipt } : refuse('bad-signature')
}
