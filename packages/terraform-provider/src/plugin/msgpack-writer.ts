/** Bytes of a head and a number of 64 bits: what is written at once has at most so many, but for texts. */
const LONGEST = 9;

/** Writes MessagePack, the format of values in Terraform's plugin protocol. */
export class MsgpackWriter {
  private bytes = Buffer.allocUnsafe(4096);
  private at = 0;

  /** What was written. The writer can be used no more. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  nil(): void {
    this.raw(NIL);
  }

  /** Writes bytes that are MessagePack already. */
  raw(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.at += bytes.copy(this.bytes, this.at);
  }

  bool(value: boolean): void {
    this.reserve(LONGEST);
    this.bytes[this.at++] = value ? 0xc3 : 0xc2;
  }

  /** Writes an integer that a double holds exactly in as few bytes as can be, any other number as a double. */
  number(value: number): void {
    this.reserve(LONGEST);
    const { bytes, at } = this;
    if (!Number.isSafeInteger(value)) {
      bytes[at] = 0xcb;
      this.at = bytes.writeDoubleBE(value, at + 1);
    } else if (value >= 0) {
      if (value < 0x80) bytes[this.at++] = value;
      else if (value < 0x100) this.at = bytes.writeUInt8(value, this.head(0xcc));
      else if (value < 0x10000) this.at = bytes.writeUInt16BE(value, this.head(0xcd));
      else if (value < 0x100000000) this.at = bytes.writeUInt32BE(value, this.head(0xce));
      else this.at = bytes.writeBigUInt64BE(BigInt(value), this.head(0xcf));
    } else if (value >= -0x20) this.at = bytes.writeInt8(value, at);
    else if (value >= -0x80) this.at = bytes.writeInt8(value, this.head(0xd0));
    else if (value >= -0x8000) this.at = bytes.writeInt16BE(value, this.head(0xd1));
    else if (value >= -0x80000000) this.at = bytes.writeInt32BE(value, this.head(0xd2));
    else this.at = bytes.writeBigInt64BE(BigInt(value), this.head(0xd3));
  }

  string(text: string): void {
    const length = Buffer.byteLength(text);
    this.reserve(length + LONGEST);
    if (length < 0x20) this.bytes[this.at++] = 0xa0 | length;
    else this.length(length, [0xd9, 0xda, 0xdb]);
    this.at += this.bytes.write(text, this.at);
  }

  binary(bytes: Uint8Array): void {
    this.reserve(bytes.length + LONGEST);
    this.length(bytes.length, [0xc4, 0xc5, 0xc6]);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Writes the head of an array. */
  array(items: number): void {
    this.reserve(LONGEST);
    if (items < 0x10) this.bytes[this.at++] = 0x90 | items;
    else this.length(items, [undefined, 0xdc, 0xdd]);
  }

  /** Writes the head of a map. */
  map(keys: number): void {
    this.reserve(LONGEST);
    if (keys < 0x10) this.bytes[this.at++] = 0x80 | keys;
    else this.length(keys, [undefined, 0xde, 0xdf]);
  }

  private head(byte: number): number {
    this.bytes[this.at] = byte;
    return this.at + 1;
  }

  /** Writes a length with the head for 8, 16 or 32 bits. */
  private length(value: number, [short, medium, long]: readonly [number | undefined, number, number]): void {
    if (short !== undefined && value < 0x100) this.at = this.bytes.writeUInt8(value, this.head(short));
    else if (value < 0x10000) this.at = this.bytes.writeUInt16BE(value, this.head(medium));
    else this.at = this.bytes.writeUInt32BE(value, this.head(long));
  }

  private reserve(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.at + length));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

const NIL = Buffer.from([0xc0]);
