import { type Document, isCollection, isSeq, parseDocument, type YAMLSeq } from 'yaml';

/**
 * Changes of a checklist's text by its form. The text stays the one source: comments, order and what the
 * form does not know are left as they were written.
 */

/** Where an item stands: its section, and its place in it. */
export interface Place {
  readonly section: number;
  readonly item: number;
}

/** An item as it is written, right or wrong. */
export type Written = Readonly<Record<string, unknown>>;

export interface WrittenSection {
  readonly id: string;
  readonly title: unknown;
  readonly items: readonly Written[];
}

/** The sections as they are written; `undefined` where the text is no YAML, or has none. */
export function sectionsOf(source: string): readonly WrittenSection[] | undefined {
  const tree = parseDocument(source, { uniqueKeys: true });
  if (tree.errors.length > 0) return undefined;
  let raw: { readonly sections?: unknown } | null;
  try {
    raw = tree.toJS({ maxAliasCount: 50 }) as typeof raw;
  } catch {
    // An alias of nothing, half typed.
    return undefined;
  }
  const sections = raw?.sections;
  if (!Array.isArray(sections)) return undefined;
  return sections.map((section: Partial<WrittenSection> | null) => ({
    id: String(section?.id ?? ''),
    title: section?.title,
    items: (Array.isArray(section?.items) ? section.items : []).map(
      (item: unknown) => (typeof item === 'object' && item !== null ? item : {}) as Written,
    ),
  }));
}

function edit(source: string, change: (tree: Document) => void): string {
  const tree = parseDocument(source);
  change(tree);
  return tree.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const pathOf = ({ section, item }: Place) => ['sections', section, 'items', item];

/** Sets a field of an item; `undefined` takes it out, and what holds nothing more goes with it. */
export function setField(
  source: string,
  place: Place,
  field: readonly (string | number)[],
  value: unknown,
): string {
  return edit(source, (tree) => {
    const path = [...pathOf(place), ...field];
    if (value !== undefined) {
      makeRoom(tree, path, pathOf(place).length);
      tree.setIn(path, tree.createNode(value));
      return;
    }
    tree.deleteIn(path);
    const parent = path.slice(0, -1);
    const rest = tree.getIn(parent) as { items?: unknown[] } | undefined;
    if (field.length > 1 && rest?.items?.length === 0) tree.deleteIn(parent);
  });
}

/** Makes maps of what should hold fields and does not: nothing, or words without their language. */
function makeRoom(tree: Document, path: readonly (string | number)[], from: number): void {
  for (let depth = from; depth < path.length; depth += 1) {
    const parent = path.slice(0, depth);
    const node = tree.getIn(parent, true);
    if (node === undefined || isCollection(node)) continue;
    const words = tree.getIn(parent);
    tree.setIn(parent, tree.createNode(typeof words === 'string' ? { en: words } : {}));
  }
}

/** Puts another item in the place of one. */
export function replaceItem(source: string, place: Place, item: object): string {
  return edit(source, (tree) => tree.setIn(pathOf(place), tree.createNode(item)));
}

export function addItem(source: string, { section, item }: Place, made: object): string {
  return edit(source, (tree) => {
    itemsOf(tree, section).items.splice(item, 0, tree.createNode(made));
  });
}

export function removeItem(source: string, place: Place): string {
  return edit(source, (tree) => {
    tree.deleteIn(pathOf(place));
  });
}

/**
 * Moves an item one place up or down; past the end of a section into the next one.
 * @returns the text and where the item stands now; the same text where there is no further place
 */
export function moveItem(source: string, place: Place, by: -1 | 1): { source: string; at: Place } {
  const sections = sectionsOf(source) ?? [];
  const at = nextPlace(sections, place, by);
  if (!at) return { source, at: place };
  return {
    at,
    source: edit(source, (tree) => {
      const [moved] = itemsOf(tree, place.section).items.splice(place.item, 1);
      itemsOf(tree, at.section).items.splice(at.item, 0, moved!);
    }),
  };
}

function nextPlace(
  sections: readonly WrittenSection[],
  { section, item }: Place,
  by: -1 | 1,
): Place | undefined {
  const inside = item + by;
  const { length } = sections[section]?.items ?? [];
  if (inside >= 0 && inside < length) return { section, item: inside };
  const other = sections[section + by];
  // A section keeps at least one item.
  if (!other || length < 2) return undefined;
  return { section: section + by, item: by === 1 ? 0 : other.items.length };
}

function itemsOf(tree: Document, section: number): YAMLSeq {
  const items = tree.getIn(['sections', section, 'items']);
  if (!isSeq(items)) throw new TypeError(`section ${section} has no items`);
  return items;
}
