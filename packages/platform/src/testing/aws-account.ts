export type Item = Record<string, unknown>;

/** What an account holds in one region, by id or name, in the shapes that the CLI prints. */
export interface AwsAccount {
  readonly instances: Map<string, Item>;
  readonly volumes: Map<string, Item>;
  readonly snapshots: Map<string, Item>;
  readonly addresses: Map<string, Item>;
  readonly balancers: Map<string, Item>;
  readonly databases: Map<string, Item>;
  readonly tables: Map<string, Item>;
  readonly schedules: Map<string, Item>;
  /** Every change that was carried out, in order. */
  readonly effects: string[];
}

export const newAwsAccount = (): AwsAccount => ({
  instances: new Map(),
  volumes: new Map(),
  snapshots: new Map(),
  addresses: new Map(),
  balancers: new Map(),
  databases: new Map(),
  tables: new Map(),
  schedules: new Map(),
  effects: [],
});

/** A refusal of the API, by its code. */
export class AwsRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface AwsCall {
  readonly account: AwsAccount;
  /** The words after an option, none where it is not given. */
  readonly all: (option: string) => readonly string[];
  readonly one: (option: string) => string;
  readonly isGiven: (option: string) => boolean;
  /** `Name=x,Values=y` of --filters. */
  readonly filter: (name: string) => string | undefined;
}

export type AwsVerbs = Readonly<
  Record<
    string,
    { readonly options: readonly string[]; readonly changes?: true; readonly run: (call: AwsCall) => unknown }
  >
>;

export const found = (items: ReadonlyMap<string, Item>, id: string, code: string): Item => {
  const item = items.get(id);
  if (item === undefined) throw new AwsRefusal(code, `${id} does not exist`);
  return item;
};
