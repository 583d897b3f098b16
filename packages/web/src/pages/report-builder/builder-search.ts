/** What a new report starts from, and which block is worked on, as the address has them. */
export interface BuilderSearch {
  /** A template's name, or `empty`. */
  readonly from?: string;
  readonly block?: string;
}

const nameText = /^[a-z0-9][a-z0-9-]{0,99}$/;

export const readBuilderSearch = (raw: Record<string, unknown>): BuilderSearch => {
  const read = (value: unknown) => (typeof value === "string" && nameText.test(value) ? value : undefined);
  const [from, block] = [read(raw.from), read(raw.block)];
  return { ...(from === undefined ? {} : { from }), ...(block === undefined ? {} : { block }) };
};
