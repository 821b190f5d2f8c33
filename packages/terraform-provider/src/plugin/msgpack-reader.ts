/** Reads MessagePack, the format of values in Terraform's plugin protocol. Every call reads what comes next. */
export class MsgpackReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Reads a nil. @returns false, having read nothing, if it is no nil */
  nil(): boolean {
    if (this.bytes[this.at] !== 0xc0) return false;
    this.at++;
    return true;
  }

  /** Reads an extension. @returns its type, or undefined, having read nothing, if it is no extension */
  extension(): number | undefined {
    const head = this.bytes[this.at]!;
    if (head >= 0xd4 && head <= 0xd8) return this.extensionOf(1, 2 ** (head - 0xd4));
    if (head === 0xc7) return this.extensionOf(2, this.bytes.readUInt8(this.at + 1));
    if (head === 0xc8) return this.extensionOf(3, this.bytes.readUInt16BE(this.at + 1));
    if (head === 0xc9) return this.extensionOf(5, this.bytes.readUInt32BE(this.at + 1));
    return undefined;
  }

  private extensionOf(head: number, length: number): number {
    const type = this.bytes.readInt8(this.at + head);
    this.at += head + 1 + length;
    return type;
  }

  /** Reads a bool. @throws TypeError if it is none */
  bool(): boolean {
    const head = this.bytes[this.at++]!;
    if (head !== 0xc2 && head !== 0xc3) throw unexpected("a bool", head);
    return head === 0xc3;
  }

  /** Reads a string. @throws TypeError if it is none */
  string(): string {
    const { bytes } = this;
    const head = bytes[this.at++]!;
    let length: number;
    if (head >= 0xa0 && head < 0xc0) length = head & 0x1f;
    else if (head === 0xd9) length = bytes[this.at++]!;
    else if (head === 0xda) length = this.uint16();
    else if (head === 0xdb) length = this.uint32();
    else throw unexpected("a string", head);
    return bytes.toString("utf8", this.at, (this.at += length));
  }

  /** Reads bytes. @throws TypeError if it is something else */
  binary(): Buffer {
    const head = this.bytes[this.at++]!;
    let length: number;
    if (head === 0xc4) length = this.bytes[this.at++]!;
    else if (head === 0xc5) length = this.uint16();
    else if (head === 0xc6) length = this.uint32();
    else throw unexpected("bytes", head);
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** Reads a number, or the text of a longer one. @throws TypeError if it is neither */
  number(): number | bigint | string {
    const { bytes } = this;
    const head = bytes[this.at]!;
    if (head < 0x80 || head >= 0xe0) return bytes.readInt8(this.at++);
    if ((head >= 0xa0 && head < 0xc0) || (head >= 0xd9 && head <= 0xdb)) return this.string();
    const start = this.at + 1;
    switch (head) {
      case 0xca:
        this.at += 5;
        return bytes.readFloatBE(start);
      case 0xcb:
        this.at += 9;
        return bytes.readDoubleBE(start);
      case 0xcc:
        this.at += 2;
        return bytes.readUInt8(start);
      case 0xcd:
        this.at += 3;
        return bytes.readUInt16BE(start);
      case 0xce:
        this.at += 5;
        return bytes.readUInt32BE(start);
      case 0xcf:
        this.at += 9;
        return bytes.readBigUInt64BE(start);
      case 0xd0:
        this.at += 2;
        return bytes.readInt8(start);
      case 0xd1:
        this.at += 3;
        return bytes.readInt16BE(start);
      case 0xd2:
        this.at += 5;
        return bytes.readInt32BE(start);
      case 0xd3:
        this.at += 9;
        return bytes.readBigInt64BE(start);
      default:
        throw unexpected("a number", head);
    }
  }

  /** Reads the head of an array. @returns the number of items that follow @throws TypeError if it is none */
  array(): number {
    const head = this.bytes[this.at++]!;
    if (head >= 0x90 && head < 0xa0) return head & 0x0f;
    if (head === 0xdc) return this.uint16();
    if (head === 0xdd) return this.uint32();
    throw unexpected("an array", head);
  }

  /** Reads the head of a map. @returns the number of keys, each with its value, that follow @throws TypeError if it is none */
  map(): number {
    const head = this.bytes[this.at++]!;
    if (head >= 0x80 && head < 0x90) return head & 0x0f;
    if (head === 0xde) return this.uint16();
    if (head === 0xdf) return this.uint32();
    throw unexpected("a map", head);
  }

  private uint16(): number {
    return this.bytes.readUInt16BE((this.at += 2) - 2);
  }

  private uint32(): number {
    return this.bytes.readUInt32BE((this.at += 4) - 4);
  }
}

function unexpected(what: string, head: number): TypeError {
  return new TypeError(`expected ${what} in MessagePack, got the byte 0x${head.toString(16)}`);
}
