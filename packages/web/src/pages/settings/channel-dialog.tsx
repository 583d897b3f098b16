import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";

type Kind = Answer<"GET /api/v1/channel-kinds">["items"][number];
type KindField = Kind["fields"][number];
type Channel = Answer<"GET /api/v1/channels/:id">;

interface ChannelDialogProps {
  /** Absent: a new one. */
  readonly id?: string;
  readonly onClose: () => void;
}

/** A channel's settings as its kind asks for them. */
export const ChannelDialog = ({ id, onClose }: ChannelDialogProps) => {
  const kinds = useQuery({
    queryKey: ["channel-kinds"],
    queryFn: ({ signal }) => call("GET /api/v1/channel-kinds", { signal }),
  });
  const channel = useQuery({
    queryKey: ["channel", id],
    queryFn: ({ signal }) => call("GET /api/v1/channels/:id", { params: { id: id ?? "" }, signal }),
    enabled: id !== undefined,
    staleTime: 0,
  });
  const error = kinds.error ?? channel.error;
  const isReady = kinds.data !== undefined && (id === undefined || channel.data !== undefined);
  return (
    <Dialog isOpen onClose={onClose} title={id === undefined ? "Add a channel" : "Change the channel"}>
      {error !== null ? (
        <ProblemPanel error={error} />
      ) : isReady ? (
        <ChannelForm
          kinds={kinds.data.items}
          {...(channel.data === undefined ? {} : { channel: channel.data })}
          onClose={onClose}
        />
      ) : (
        <SkeletonRows count={5} className="p-4" />
      )}
    </Dialog>
  );
};

interface ChannelFormProps {
  readonly kinds: readonly Kind[];
  readonly channel?: Channel;
  readonly onClose: () => void;
}

const refreshes = ["channels", "channel"];

const ChannelForm = ({ kinds, channel, onClose }: ChannelFormProps) => {
  const [kindName, setKindName] = useState<Kind["kind"]>(channel?.kind ?? "slack");
  const kind = kinds.find((known) => known.kind === kindName);
  const save = useChange({
    run: (form: FormData) => {
      const { settings, secrets } = valuesOf(kind?.fields ?? [], form);
      const given = { name: `${form.get("name")}`.trim(), settings, secrets, enabled: form.has("enabled") };
      return channel === undefined
        ? call("POST /api/v1/channels", { body: { ...given, kind: kindName } })
        : call("PATCH /api/v1/channels/:id", {
            params: { id: channel.id },
            body: { ...given, version: channel.version },
          });
    },
    refreshes,
    done: "Channel saved",
    onDone: onClose,
    isFormShowingProblem: true,
  });
  const remove = useChange({
    run: () => call("DELETE /api/v1/channels/:id", { params: { id: channel?.id ?? "" } }),
    refreshes,
    done: "Channel removed; what waited for it is cancelled",
    onDone: onClose,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
      {channel === undefined && (
        <SelectField
          label="Kind"
          value={kindName}
          onChange={(event) => setKindName(event.target.value as Kind["kind"])}
          choices={kinds.map((known) => ({ value: known.kind, title: known.title }))}
          {...(kind === undefined ? {} : { hint: kind.description })}
        />
      )}
      <Field label="Name" name="name" required maxLength={100} defaultValue={channel?.name ?? ""} />
      {kind?.fields.map((field) => (
        <KindInput
          key={`${kindName} ${field.name}`}
          field={field}
          value={channel?.settings[field.name]}
          isSecretSet={channel?.secrets.includes(field.name) ?? false}
        />
      ))}
      <CheckField label="Turned on" name="enabled" defaultChecked={channel?.enabled ?? true} />
      <FormFoot action="Save channel" isBusy={save.isPending} error={save.error} onCancel={onClose}>
        {channel !== undefined && (
          <Button kind="danger" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        )}
      </FormFoot>
    </form>
  );
};

/** Empty fields are left out: a secret then stays as it is. */
const valuesOf = (fields: readonly KindField[], form: FormData) => {
  const settings: Record<string, string | number | boolean> = {};
  const secrets: Record<string, string> = {};
  for (const { name, type, secret } of fields) {
    const text = `${form.get(`field ${name}`) ?? ""}`.trim();
    if (type === "switch") settings[name] = form.has(`field ${name}`);
    else if (text === "") continue;
    else if (secret) secrets[name] = text;
    else settings[name] = type === "number" ? Number(text) : text;
  }
  return { settings, secrets };
};

interface KindInputProps {
  readonly field: KindField;
  readonly value: string | number | boolean | undefined;
  readonly isSecretSet: boolean;
}

const KindInput = ({ field, value, isSecretSet }: KindInputProps) => {
  const { name, title, help, type, choices, required, secret } = field;
  const shown = value ?? field.default;
  if (type === "switch") {
    return <CheckField label={title} hint={help} name={`field ${name}`} defaultChecked={shown === true} />;
  }
  if (type === "choice") {
    return (
      <SelectField
        label={title}
        hint={help}
        name={`field ${name}`}
        defaultValue={`${shown ?? ""}`}
        choices={(choices ?? []).map((choice) => ({ value: choice, title: choice }))}
      />
    );
  }
  return (
    <Field
      label={title}
      hint={secret && isSecretSet ? `${help} It is set: leave this empty to keep it.` : help}
      name={`field ${name}`}
      type={secret ? "password" : type === "number" ? "number" : "text"}
      autoComplete="off"
      required={required && !(secret && isSecretSet)}
      defaultValue={secret ? "" : `${shown ?? ""}`}
    />
  );
};
