import type { ChannelDefinition } from "../../notify/channels/channel.ts";
import type { Resolve } from "../../notify/guard/guarded-lookup.ts";
import type { JobKinds } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";

/** What delivery and schedules work with, wired by whoever starts the program. */
export interface DeliveryParts {
  readonly state: State;
  readonly channelKinds: Readonly<Record<string, ChannelDefinition>>;
  readonly jobs: JobKinds;
  /** Default: the machine's own resolver. */
  readonly resolve?: Resolve;
}

/** The same within a server that runs what is due. */
export interface DeliveryService extends DeliveryParts {
  /** Lets schedules and outbox look at once. */
  wake(): void;
}
