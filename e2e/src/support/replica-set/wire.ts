import { BSON } from 'mongodb';

/**
 * The part of MongoDB's wire protocol that drivers use: OP_MSG, and OP_QUERY with its OP_REPLY for the first hello.
 * https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const FLAG_BYTES = 4;
const CHECKSUM_PRESENT = 1;

/** A command as a driver sent it. */
export interface Command {
  requestId: number;
  /** The first hello of a connection comes in the legacy form, and wants its answer in that. */
  legacy: boolean;
  body: BSON.Document;
  /** Sequences of documents that follow the body, unparsed. */
  rest: Buffer;
}

/** Cuts a stream into messages; what is incomplete waits for its rest. */
export class MessageReader {
  private buffered = Buffer.alloc(0);

  read(chunk: Buffer): Buffer[] {
    this.buffered = Buffer.concat([this.buffered, chunk]);
    const messages: Buffer[] = [];
    while (this.buffered.length >= 4 && this.buffered.length >= this.buffered.readInt32LE(0)) {
      const length = this.buffered.readInt32LE(0);
      messages.push(this.buffered.subarray(0, length));
      this.buffered = this.buffered.subarray(length);
    }
    return messages;
  }
}

const documentAt = (message: Buffer, offset: number): { body: BSON.Document; end: number } => {
  const end = offset + message.readInt32LE(offset);
  return { body: BSON.deserialize(message.subarray(offset, end), { promoteValues: false }), end };
};

/** @throws Error for a message that no current driver sends */
export const parseCommand = (message: Buffer): Command => {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_QUERY) {
    // Flags, the collection's name and two numbers are before the document.
    const offset = message.indexOf(0, HEADER_BYTES + FLAG_BYTES) + 1 + 8;
    return { requestId, legacy: true, body: documentAt(message, offset).body, rest: Buffer.alloc(0) };
  }
  if (operation !== OP_MSG) throw new Error(`Operation ${operation} of the wire protocol is not known`);
  if (message.readInt32LE(HEADER_BYTES) & CHECKSUM_PRESENT) throw new Error('Checksums are not supported');
  const kind = HEADER_BYTES + FLAG_BYTES;
  if (message[kind] !== 0) throw new Error('The body of a command is expected first');
  const { body, end } = documentAt(message, kind + 1);
  return { requestId, legacy: false, body, rest: message.subarray(end) };
};

const withHeader = (operation: number, requestId: number, responseTo: number, parts: Buffer[]): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  const content = Buffer.concat(parts);
  header.writeInt32LE(HEADER_BYTES + content.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, content]);
};

const bodySection = (body: BSON.Document): Buffer =>
  Buffer.concat([Buffer.alloc(FLAG_BYTES + 1), BSON.serialize(body)]);

export const formatCommand = (
  requestId: number,
  body: BSON.Document,
  rest: Buffer = Buffer.alloc(0),
): Buffer => withHeader(OP_MSG, requestId, 0, [bodySection(body), rest]);

/** An answer in the form that the command's sender expects. */
export const formatAnswer = ({ requestId, legacy }: Command, body: BSON.Document): Buffer => {
  if (!legacy) return withHeader(OP_MSG, 0, requestId, [bodySection(body)]);
  const reply = Buffer.alloc(20);
  reply.writeInt32LE(8, 0); // AwaitCapable
  reply.writeInt32LE(1, 16); // one document
  return withHeader(OP_REPLY, 0, requestId, [reply, Buffer.from(BSON.serialize(body))]);
};

/** The document of an answer. */
export const parseAnswer = (message: Buffer): BSON.Document =>
  documentAt(message, HEADER_BYTES + FLAG_BYTES + 1).body;
