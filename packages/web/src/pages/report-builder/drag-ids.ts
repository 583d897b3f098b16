import {
  type CollisionDetection,
  closestCenter,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  pointerWithin,
  rectIntersection,
} from "@dnd-kit/core";
import { ZONES, type Zone } from "./zones.ts";

/** What is dragged or dropped upon says by its id what it is. */
export const blockDragId = (id: string): string => `block:${id}`;
export const chipId = (zone: Zone, name: string): string => `chip:${zone}:${name}`;
export const zoneId = (zone: Zone): string => `zone:${zone}`;

export const readBlockId = (id: string): string | undefined =>
  id.startsWith("block:") ? id.slice("block:".length) : undefined;

/** Where something would land: a zone, before one of its fields where it is over one. */
export interface Target {
  readonly zone: Zone;
  readonly before?: string | undefined;
}

export const readTarget = (id: string | undefined): Target | undefined => {
  const [, kind, zoneText, name] = /^(zone|chip):([a-z]+)(?::(.+))?$/s.exec(id ?? "") ?? [];
  const zone = ZONES.find((known) => known === zoneText);
  if (kind === undefined || zone === undefined) return undefined;
  return { zone, before: name };
};

/** Blocks meet blocks, fields meet zones; a field within a zone wins over the zone. */
export const collisions: CollisionDetection = (args) => {
  const isBlock = readBlockId(`${args.active.id}`) !== undefined;
  const droppableContainers = args.droppableContainers.filter(
    ({ id }) => (readBlockId(`${id}`) !== undefined) === isBlock,
  );
  const among = { ...args, droppableContainers };
  if (isBlock) return closestCenter(among);
  if (args.pointerCoordinates === null) {
    // by keyboard one goes from zone to zone
    const zones = droppableContainers.filter(({ id }) => `${id}`.startsWith("zone:"));
    return rectIntersection({ ...args, droppableContainers: zones });
  }
  const found = pointerWithin(among);
  return found.toSorted(
    (a, b) => Number(`${b.id}`.startsWith("chip:")) - Number(`${a.id}`.startsWith("chip:")),
  );
};

const steps: Readonly<Record<string, 1 | -1>> = {
  [KeyboardCode.Down]: 1,
  [KeyboardCode.Right]: 1,
  [KeyboardCode.Up]: -1,
  [KeyboardCode.Left]: -1,
};

/** Arrows move a block past its neighbours, and a field from zone to zone. */
export const stepByKeyboard: KeyboardCoordinateGetter = (event, { context }) => {
  const step = steps[event.code];
  const { active, over, droppableContainers, droppableRects } = context;
  if (step === undefined || active === null) return undefined;
  event.preventDefault();
  const isBlock = readBlockId(`${active.id}`) !== undefined;
  const places = droppableContainers
    .getEnabled()
    .flatMap(({ id }) => {
      const rect = droppableRects.get(id);
      const isPlace = isBlock ? readBlockId(`${id}`) !== undefined : `${id}`.startsWith("zone:");
      return isPlace && rect !== undefined ? [{ id: `${id}`, rect }] : [];
    })
    .toSorted((a, b) => a.rect.top - b.rect.top);
  const zone = readTarget(over === null ? undefined : `${over.id}`)?.zone;
  const current = places.findIndex(({ id }) =>
    isBlock ? id === `${over?.id ?? active.id}` : zone !== undefined && id === zoneId(zone),
  );
  const next = current < 0 ? (step > 0 ? 0 : places.length - 1) : current + step;
  const rect = places[Math.max(0, Math.min(places.length - 1, next))]?.rect;
  return rect === undefined
    ? undefined
    : { x: rect.left + (isBlock ? 0 : 4), y: rect.top + (isBlock ? 0 : 4) };
};
