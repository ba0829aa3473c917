import ms from 'milsymbol';

/** APP-6 symbols (20 digits): a friend's, but for what is neither side's. */
const ENTITY: Record<string, { set: string; identity: string; entity: string }> = {
  reserve: { set: '10', identity: '3', entity: '121102' }, // mechanised infantry
  stockpile: { set: '20', identity: '3', entity: '110300' }, // ammunition store
  medical: { set: '20', identity: '3', entity: '120702' }, // treatment facility
  plant: { set: '20', identity: '4', entity: '120502' }, // generation station
  dam: { set: '20', identity: '4', entity: '121402' },
  airport: { set: '20', identity: '4', entity: '120803' },
  port: { set: '20', identity: '4', entity: '121310' },
  base: { set: '20', identity: '4', entity: '120802' },
  railhead: { set: '20', identity: '4', entity: '121307' }
};

/** Whether a kind of site or location has a symbol. */
export function hasSymbol(kind: string): boolean {
  return kind in ENTITY;
}

/** The code of a kind; what does not stand yet is planned: its frame is dashed. */
export function symbolCode(kind: string, planned: boolean): string {
  const { set, identity, entity } = ENTITY[kind]!;
  return `100${identity}${set}${planned ? '1' : '0'}000${entity}0000`;
}

/** Names an image of the map, e.g. `app6/reserve/planned`. */
export function symbolName(kind: string, planned: boolean): string {
  return `app6/${kind}/${planned ? 'planned' : 'present'}`;
}

export interface SymbolImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Draws the image that `symbolName` named; nothing for another name. */
export function drawSymbol(name: string, ratio: number): SymbolImage | undefined {
  const [family, kind = '', standing] = name.split('/');
  if (family !== 'app6' || !hasSymbol(kind)) {
    return undefined;
  }
  const large = ENTITY[kind]!.identity === '3';
  const symbol = new ms.Symbol(symbolCode(kind, standing === 'planned'), {
    size: large ? 18 : 12,
    outlineWidth: 3,
    outlineColor: '#ffffff'
  });
  const canvas = symbol.asCanvas(ratio);
  const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  return drawn && { width: drawn.width, height: drawn.height, data: drawn.data };
}

/** Puts the symbol into an element of the legend. A canvas, since the content security policy lets no
 *  picture in that is not the server's. */
export function symbolInto(kind: string, planned: boolean): (element: HTMLElement) => void {
  return (element) => {
    const canvas = new ms.Symbol(symbolCode(kind, planned), { size: 14 }).asCanvas(2);
    canvas.style.width = `${canvas.width / 2}px`;
    element.replaceChildren(canvas);
  };
}
