import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { call } from "../../api/client.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import type { Schedule } from "./schedule-types.ts";

export type Recipient = Schedule["recipients"][number];

interface RecipientsFieldProps {
  readonly recipients: readonly Recipient[];
  readonly onChange: (recipients: readonly Recipient[]) => void;
}

/** Who gets it: a person gets what they may see; an address or channel what the schedule's owner may. */
export const RecipientsField = ({ recipients, onChange }: RecipientsFieldProps) => {
  const channels = useQuery({
    queryKey: ["channels"],
    queryFn: ({ signal }) => call("GET /api/v1/channels", { signal }),
  });
  const people = useQuery({
    queryKey: ["people-names"],
    queryFn: ({ signal }) => call("GET /api/v1/people/names", { signal }),
  });
  const items = channels.data?.items ?? [];
  const [first] = items;
  const replace = (index: number, next: Recipient | undefined) =>
    onChange(
      recipients.flatMap((other, place) => (place !== index ? [other] : next === undefined ? [] : [next])),
    );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">Who gets it</legend>
      <p className="text-sm text-ink-3">
        A person gets what they may see, also by their address. Channels and other addresses get what you may
        see.
      </p>
      {recipients.map((recipient, index) => {
        const takesAddresses = items.find(({ id }) => id === recipient.channelId)?.takesAddresses ?? false;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same recipient may stand here twice while it is chosen
          <div key={index} className="flex flex-wrap items-end gap-2">
            <SelectField
              label={`Channel ${index + 1}`}
              className="min-w-36 grow"
              value={recipient.channelId}
              choices={items.map(({ id, name }) => ({ value: id, title: name }))}
              onChange={(event) => replace(index, { channelId: event.target.value })}
            />
            <SelectField
              label={`For ${index + 1}`}
              className="min-w-36 grow"
              value={recipient.personId ?? ""}
              choices={[
                { value: "", title: takesAddresses ? "an address" : "the channel" },
                // What one person may see is no channel's, which others read.
                ...(takesAddresses ? (people.data?.items ?? []) : []).map(({ id, name }) => ({
                  value: id,
                  title: name,
                })),
              ]}
              onChange={(event) =>
                replace(index, {
                  channelId: recipient.channelId,
                  ...(event.target.value === "" ? {} : { personId: event.target.value }),
                })
              }
            />
            {takesAddresses && recipient.personId === undefined && (
              <Field
                label={`Address ${index + 1}`}
                type="email"
                required
                className="min-w-44 grow"
                value={recipient.address ?? ""}
                onChange={(event) =>
                  replace(index, { channelId: recipient.channelId, address: event.target.value })
                }
              />
            )}
            <IconButton label={`Remove recipient ${index + 1}`} onClick={() => replace(index, undefined)}>
              <X size={15} aria-hidden />
            </IconButton>
          </div>
        );
      })}
      {first === undefined ? (
        <p className="text-sm">There is no channel yet: add one under Channels first.</p>
      ) : (
        <Button
          size="sm"
          className="self-start"
          onClick={() => onChange([...recipients, { channelId: first.id }])}
        >
          <Plus size={14} aria-hidden /> Add recipient
        </Button>
      )}
    </fieldset>
  );
};
