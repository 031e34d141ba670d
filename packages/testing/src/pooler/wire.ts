/** A message of PostgreSQL's protocol 3.0: its type, and all its bytes, type and length included. */
export interface WireMessage {
  readonly type: string;
  readonly bytes: Buffer;
}

const SSL_REQUEST = 80_877_103;
const GSSENC_REQUEST = 80_877_104;
const PROTOCOL_3_0 = 196_608;

/** What a client's first bytes are, which have a length but no type (Frontend/Backend Protocol, Message Formats). */
export type Opening = "encryption" | "startup" | "other";

export function openingOf(bytes: Buffer): Opening {
  const code = bytes.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSSENC_REQUEST) return "encryption";
  return code === PROTOCOL_3_0 ? "startup" : "other";
}

/** The bytes of the first message without a type, once they are there, and what is behind them. */
export function splitOpening(bytes: Buffer): readonly [opening: Buffer, rest: Buffer] | undefined {
  if (bytes.length < 8) return undefined;
  const length = bytes.readInt32BE(0);
  return bytes.length < length ? undefined : [bytes.subarray(0, length), bytes.subarray(length)];
}

/** Takes bytes as they come, and gives the messages that have become whole. */
export function messageSplitter(): (chunk: Buffer) => readonly WireMessage[] {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const messages: WireMessage[] = [];
    while (pending.length >= 5) {
      const length = pending.readInt32BE(1) + 1;
      if (pending.length < length) break;
      messages.push({ type: pending.toString("latin1", 0, 1), bytes: pending.subarray(0, length) });
      pending = pending.subarray(length);
    }
    return messages;
  };
}

export function wireMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5, type, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A client's first message. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const texts = Object.entries(parameters).flat();
  const body = Buffer.from(`${texts.map((text) => `${text}\0`).join("")}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length, 0);
  head.writeInt32BE(PROTOCOL_3_0, 4);
  return Buffer.concat([head, body]);
}
