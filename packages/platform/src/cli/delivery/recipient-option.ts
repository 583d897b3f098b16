import type { Recipient } from "../../notify/scheduler/job.ts";
import type { State } from "../../state/state.ts";
import type { CommandInput, OptionSpec } from "../command.ts";
import { findChannel } from "./find-channel.ts";

export const OUTSIDER_OPTION: OptionSpec = {
  name: "to-outsider",
  value: "CHANNEL:ADDRESS",
  description: "an address that is nobody's here: gets what this machine sees, which is all charges",
  repeatable: true,
};

/** `CHANNEL`, `CHANNEL:ADDRESS` of `--to`, and the addresses of `--to-outsider`. @throws STATE_NOT_FOUND */
export async function readRecipients(
  state: State,
  { to, "to-outsider": outsiders }: CommandInput["options"],
): Promise<readonly Recipient[]> {
  const own = await Promise.all(textsOf(to).map((text) => readRecipient(state, text)));
  const others = await Promise.all(textsOf(outsiders).map((text) => readRecipient(state, text)));
  return [...own, ...others.map((recipient) => ({ ...recipient, asOwner: true }))];
}

const textsOf = (values: unknown): readonly string[] =>
  Array.isArray(values) ? (values as readonly string[]) : [];

async function readRecipient(state: State, text: string): Promise<Recipient> {
  const at = text.lastIndexOf(":");
  const [name, address] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const { id: channelId } = await findChannel(state, name);
  return { channelId, ...(address === undefined ? {} : { address }) };
}
