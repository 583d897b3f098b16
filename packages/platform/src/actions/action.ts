import type {
  GuardrailLimit,
  Json,
  ResourceKind,
  ResourceRef,
  Reversibility,
  SettingChange,
} from "@trimtab/domain";

/** A command as the operating system takes it: never a shell string. */
export interface Command {
  readonly tool: "gcloud" | "aws" | "kubectl" | "terraform" | "gsutil";
  readonly args: readonly string[];
  /**
   * Words that only the live system knows, such as the id of a snapshot taken a step before: the command whose one printed
   * word stands for each argument that equals the placeholder. Asked for right before the command runs.
   */
  readonly lookups?: Readonly<Record<string, Pick<Command, "tool" | "args">>>;
  /** What it deletes may be gone already, after a run that died: that it is not there is then no failure. */
  readonly mayBeGone?: true;
}

type Settings = { readonly [setting: string]: Json };

/** Something that a reader must know of the clouds' behaviour. */
export interface ActionFact {
  readonly text: string;
  readonly source: string;
  /** When it was read there. */
  readonly date: string;
}

export interface ChangeRequest<K extends ResourceKind = ResourceKind> {
  readonly resource: ResourceRef<K>;
  readonly changes: readonly SettingChange[];
  /** What the live system says now, as `parseState` reads it. */
  readonly state: Settings;
  readonly guardrails: readonly GuardrailLimit[];
  /**
   * Ten lower-case letters and digits, the first a letter, its own for every plan: for names of what the steps make
   * (a revision, a snapshot), so that the same plan names the same and two plans never do.
   */
  readonly key: string;
  /** Shares of the traffic, in percent and rising to 100, by which a new version is let in; absent: the action's own. */
  readonly canaryShares?: readonly number[];
}

/** A step that lets a part of the traffic onto the new version while the rest stays on the old one. */
export interface CanaryStage {
  /** Percent of the traffic that the new version gets. */
  readonly sharePercent: number;
  /** As the cloud and its metrics name them. */
  readonly control: string;
  readonly canary: string;
}

/**
 * One step of a plan: pure data, frozen with it. The engine reads the live state, compares it with `before`, runs the
 * commands, reads until `after` holds, and on the way back runs `rollback` until `restored` holds. Each of the three is the
 * part of the state that matters; a setting that they don't name may be anything.
 */
export interface StepDraft {
  readonly title: string;
  readonly before: Settings;
  readonly apply: readonly Command[];
  readonly after: Settings;
  readonly rollback: readonly Command[];
  readonly restored: Settings;
  readonly reversibility: Reversibility;
  /** How long the state may take to become `after` or `restored`. */
  readonly settleSeconds: number;
  /** How long it is watched before the next step. */
  readonly watchSeconds: number;
  /** Present where the step is a stage of a canary: the two versions are then compared while it is watched. */
  readonly canary?: CanaryStage;
}

export type PlannedSteps =
  | { readonly status: "planned"; readonly steps: readonly StepDraft[]; readonly notes: readonly string[] }
  /** It can't be done, or not safely: the reason says why and what would have to change. */
  | { readonly status: "refused"; readonly reason: string };

/**
 * One kind of change. Pure: it says what to run; the engine runs it. Its functions are methods, so that an action of one
 * kind of resource can stand in a registry of all.
 */
export interface ActionDefinition<K extends ResourceKind = ResourceKind> {
  readonly apiVersion: 1;
  readonly id: string;
  readonly summary: string;
  readonly kinds: readonly K[];
  /** Settings that it can change. */
  readonly changes: readonly string[];
  readonly facts: readonly ActionFact[];
  /** The command that prints the resource's state as JSON. */
  read(resource: ResourceRef<K>): Command;
  /** Commands that tell the rest of the state, such as the schedules that act on the resource: asked where it is there. */
  readMore?(resource: ResourceRef<K>): readonly Command[];
  /**
   * Whether a failed `read` says that the resource is not there. Absent: the engine knows how each tool says so
   * (gcloud `NOT_FOUND`, aws `…NotFound`), and takes any other failure for a failure.
   */
  isAbsent?(failure: { readonly exitCode: number; readonly stderr: string }): boolean;
  /**
   * `output` is what `read` printed, `more` what `readMore` did; absent: the resource is not there (`exists: false`).
   * @throws ACTION_STATE_UNREADABLE
   */
  parseState(output: string | undefined, resource: ResourceRef<K>, more?: readonly string[]): Settings;
  /** Checks the values against the cloud's documented limits and lays out the steps. */
  plan(request: ChangeRequest<K>): PlannedSteps;
  /** The same change as Terraform would say it: resource type and attributes. Absent: Terraform can't. */
  terraform?(
    resource: ResourceRef<K>,
    changes: readonly SettingChange[],
    /** What `parseState` read before the change. */
    state: Settings,
  ): { readonly type: string; readonly attributes: Settings };
}

/** Freezes an action and gives its literal the type. */
export const defineAction = <K extends ResourceKind>(action: ActionDefinition<K>): ActionDefinition<K> =>
  Object.freeze(action);
