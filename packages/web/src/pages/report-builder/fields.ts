import { dimensionTitle } from "../../format/dimension-names.ts";
import { dimensionNames } from "../explorer/dimension-picker.tsx";
import type { Model } from "../explorer/explorer-state.ts";
import { type Field, TIME } from "./zones.ts";

/** A field as the list shows it. */
export interface NamedField extends Field {
  readonly title: string;
}

/** The first words of a title that explains itself at length. */
const short = (title: string): string => title.replace(/ \(.*\)$/, "");

/** What the lake can be asked: measures, time, and dimensions, the common ones first. */
export const fieldsOf = (model: Model): readonly NamedField[] => [
  ...model.measures.map(({ id, title }) => ({ kind: "measure" as const, name: id, title: short(title) })),
  { ...TIME, title: "Time" },
  ...dimensionNames(model, true).map((name) => ({
    kind: "dimension" as const,
    name,
    title: dimensionTitle(name),
  })),
];

export const fieldTitle = (fields: readonly NamedField[], name: string): string =>
  fields.find((field) => field.name === name)?.title ?? dimensionTitle(name);

/** Ids within the drag and drop: what it is, and of it the name. */
export const fieldId = ({ kind, name }: Field): string => `field:${kind}:${name}`;

export const readFieldId = (id: string): Field | undefined => {
  const [, kind, name] = /^field:(measure|dimension|time):(.+)$/s.exec(id) ?? [];
  return kind === undefined || name === undefined ? undefined : { kind: kind as Field["kind"], name };
};
