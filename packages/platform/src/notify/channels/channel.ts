import type { Network } from "../guard/guarded-request.ts";
import type { Message } from "../message.ts";

/** A value that a channel asks for; forms, the command line and the docs follow from it. */
export interface ChannelField {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly type: "text" | "number" | "switch" | "choice";
  readonly choices?: readonly string[];
  readonly default?: string | number | boolean;
  readonly required: boolean;
  /** Kept encrypted, never shown again. */
  readonly secret: boolean;
}

/** What was given for the fields, checked. */
export interface ChannelValues {
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface SendRequest extends ChannelValues {
  readonly message: Message;
  /** For channels that take addresses. */
  readonly address?: string | undefined;
  /** The same for every try of a delivery. */
  readonly idempotencyKey: string;
  /** When the message was made. */
  readonly createdAt: string;
  readonly now: Date;
  readonly network: Network;
  readonly signal: AbortSignal;
}

/** How a try went. Details are for people: never a secret, never an address that holds one. */
export type SendOutcome =
  | { readonly outcome: "delivered"; readonly detail: string }
  /** It may go better later. */
  | { readonly outcome: "retry"; readonly detail: string; readonly retryAfterMs?: number | undefined }
  /** It would go the same way again. */
  | { readonly outcome: "refused"; readonly detail: string };

/** One kind of channel. */
export interface ChannelDefinition {
  readonly apiVersion: 1;
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly takesAddresses: boolean;
  readonly fields: readonly ChannelField[];
  /** What is wrong with values that each are fine by themselves. */
  problem?(values: ChannelValues): { readonly field: string; readonly reason: string } | undefined;
  /** Where it goes, for people; nothing secret. */
  target(values: ChannelValues): string;
  send(request: SendRequest): Promise<SendOutcome>;
}

/** Gives the literal its type. */
export const defineChannel = <const D extends ChannelDefinition>(definition: D): D => definition;
