/**
 * Reads XML by streaming, as far as workbooks need it: tags with their attributes, and text. No entity but the five of
 * the standard and numbered ones is known, so nothing can be made to grow or to be fetched.
 */

export interface XmlHandler {
  /** Names come without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Tags and texts longer than this are no part of a sound workbook. */
const PIECE_MAX = 4 * 1024 * 1024;

/** @throws Error if the XML is damaged beyond what can be read on. */
export class XmlReader {
  private held = '';
  private depth = 0;
  private readonly decoder = new TextDecoder('utf-8');

  constructor(private readonly handler: XmlHandler) {}

  push(chunk: Uint8Array): void {
    this.held += this.decoder.decode(chunk, { stream: true });
    let at = 0;
    for (;;) {
      const start = this.held.indexOf('<', at);
      if (start < 0) break;
      const end = this.pieceEnd(start);
      if (end < 0) {
        if (this.held.length - start > PIECE_MAX) throw new Error('a tag that never ends');
        break;
      }
      if (start > at) this.handler.text(decoded(this.held.slice(at, start)));
      this.piece(this.held.slice(start, end));
      at = end;
    }
    this.held = this.held.slice(at);
    if (this.held.length > PIECE_MAX * 2) throw new Error('a text that never ends');
  }

  /** @throws Error if it ends before what was opened is closed. */
  end(): void {
    if (this.held.trim() !== '' || this.depth !== 0) throw new Error('it is cut off');
  }

  private pieceEnd(start: number): number {
    const { held } = this;
    const after = (mark: string) => {
      const at = held.indexOf(mark, start);
      return at < 0 ? -1 : at + mark.length;
    };
    if (held.startsWith('<!--', start)) return after('-->');
    if (held.startsWith('<![CDATA[', start)) return after(']]>');
    if ('<!--'.startsWith(held.slice(start)) || '<![CDATA['.startsWith(held.slice(start))) return -1;
    return after('>');
  }

  private piece(piece: string): void {
    if (piece.startsWith('<![CDATA[')) {
      this.handler.text(piece.slice(9, -3));
      return;
    }
    if (piece.startsWith('<?') || piece.startsWith('<!')) return;
    if (piece.startsWith('</')) {
      this.depth--;
      this.handler.close(local(piece.slice(2, -1).trim()));
      return;
    }
    const alone = piece.endsWith('/>');
    const inside = piece.slice(1, alone ? -2 : -1);
    const space = inside.search(/\s/);
    const name = local(space < 0 ? inside : inside.slice(0, space));
    this.handler.open(name, space < 0 ? {} : attributesOf(inside.slice(space)));
    if (alone) this.handler.close(name);
    else this.depth++;
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Attributes by their names without prefix; `r:id` is `id` too, because sheets have no other. */
function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found[local(match[1]!)] = decoded(match[2] ?? match[3] ?? '');
  }
  return found;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, number, name) => {
    if (name !== undefined) return entities[name as string] ?? whole;
    const code = hex !== undefined ? Number.parseInt(hex as string, 16) : Number(number);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
