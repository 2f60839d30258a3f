// Idempotency keys: one a wish, kept through every retry of that wish.

/** A fresh key of 32 hexadecimal characters; works on plain HTTP too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
