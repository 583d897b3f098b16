import type { Json } from "@trimtab/domain";
import type { z } from "zod";
import type { Message } from "../message.ts";

/** Who gets what a job makes: a channel, and with it a person, whose own scope then applies, or an address. */
export interface Recipient {
  readonly channelId: string;
  readonly personId?: string | undefined;
  readonly address?: string | undefined;
  /** Of an address that is nobody's: whoever made the schedule said that it gets what the schedule's owner sees. */
  readonly asOwner?: boolean | undefined;
}

/** What a job is given. It may be run again for the same time after a process died: it must be fit for that. */
export interface JobContext {
  readonly scheduleId: string;
  readonly scheduleName: string;
  /** The person whose scope applies where a recipient is none; null: whoever runs this machine. */
  readonly ownerId: string | null;
  /** When it should have begun. */
  readonly dueAt: string;
  readonly timeZone: string;
  readonly recipients: readonly Recipient[];
  /** Aborted when the process ends, or another has taken the run over. */
  readonly signal: AbortSignal;
  /** Puts a message in the outbox; for the same run and recipient once, however often the run is begun. */
  deliver(recipient: Recipient, message: Message): Promise<void>;
}

export type JobOutcome =
  | { readonly status: "succeeded"; readonly summary: string }
  | { readonly status: "failed"; readonly summary: string };

/** One kind of thing that can be scheduled. */
export interface JobKind {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  /** Whether it makes messages, and so asks for recipients. */
  readonly delivers: boolean;
  /** Whether it speaks of the whole lake: only those may schedule it who see all of it. */
  readonly isForWholeLake: boolean;
  readonly settings: z.ZodObject;
  /** `settings` were parsed by the schema. */
  run(context: JobContext, settings: { readonly [key: string]: Json }): Promise<JobOutcome>;
}

export type JobKinds = Readonly<Record<string, JobKind>>;
