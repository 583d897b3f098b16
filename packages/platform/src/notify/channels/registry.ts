import type { ChannelDefinition } from "./channel.ts";
import { emailChannel } from "./email/email-channel.ts";
import { slackChannel } from "./slack/slack-channel.ts";
import { webhookChannel } from "./webhook/webhook-channel.ts";

/** Every kind of channel there is. */
export const channelKinds = {
  slack: slackChannel,
  email: emailChannel,
  webhook: webhookChannel,
} as const satisfies Record<string, ChannelDefinition>;
