import type { ChannelDefinition } from "../../notify/channels/channel.ts";
import type { Resolve } from "../../notify/guard/guarded-lookup.ts";
import type { JobKinds } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";

/** What is known of a person who is to get something. */
export interface RecipientPerson {
  readonly email: string;
  readonly isActive: boolean;
}

/** What delivery and schedules work with, wired by whoever starts the program. */
export interface DeliveryParts {
  readonly state: State;
  readonly channelKinds: Readonly<Record<string, ChannelDefinition>>;
  readonly jobs: JobKinds;
  /** Undefined: there is nobody of that id. */
  findPerson(personId: string): Promise<RecipientPerson | undefined>;
  /** Default: the machine's own resolver. */
  readonly resolve?: Resolve;
}
