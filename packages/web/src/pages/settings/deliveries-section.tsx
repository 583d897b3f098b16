import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMay } from "../../api/use-me.ts";
import { Badge, type BadgeTone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { formatMoment } from "../../format/dates.ts";
import { DeliveryDialog } from "./delivery-dialog.tsx";
import { DELIVERY_STATUSES } from "./settings-sections.ts";

type Delivery = Answer<"GET /api/v1/deliveries">["items"][number];

const tones: Readonly<Record<Delivery["status"], BadgeTone>> = {
  waiting: "accent",
  sending: "accent",
  delivered: "good",
  dead: "bad",
  cancelled: "plain",
};
const words: Readonly<Record<Delivery["status"], string>> = {
  waiting: "waiting",
  sending: "being sent",
  delivered: "delivered",
  dead: "given up",
  cancelled: "cancelled",
};

/** What was sent, waits, or was given up and can be sent again. */
export const DeliveriesSection = () => {
  const { status } = useSearch({ from: "/signed-in/settings/$section" });
  const navigate = useNavigate();
  const [openId, setOpenId] = useState<string>();
  const outbox = useInfiniteQuery({
    queryKey: ["deliveries", status],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/deliveries", {
        query: {
          limit: 50,
          ...(status === undefined ? {} : { status }),
          ...(pageParam === "" ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 15_000,
  });
  const items = outbox.data?.pages.flatMap((page) => page.items);
  const counts = outbox.data?.pages[0]?.counts;
  return (
    <>
      <Card
        title="Outbox"
        about="Every message is sent at least once; what fails is tried again, then waits here"
        actions={
          <SelectField
            label="State"
            isLabelHidden
            className="w-48"
            value={status ?? ""}
            onChange={(event) =>
              void navigate({
                to: "/settings/$section",
                params: { section: "deliveries" },
                search: { status: event.target.value as Delivery["status"] },
              })
            }
            choices={[
              { value: "", title: "Everything" },
              ...DELIVERY_STATUSES.map((value) => ({
                value,
                title: `${words[value]}${counts === undefined ? "" : ` (${counts[value] ?? 0})`}`,
              })),
            ]}
          />
        }
        isFlush
      >
        {outbox.isError ? (
          <ProblemPanel error={outbox.error} onRetry={() => void outbox.refetch()} />
        ) : items === undefined ? (
          <SkeletonRows count={5} className="px-4 pb-4" />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<Send size={20} aria-hidden />}
            title={status === undefined ? "Nothing was sent yet" : `Nothing is ${words[status]}`}
            actions={
              status === undefined && (
                <Button
                  onClick={() => void navigate({ to: "/settings/$section", params: { section: "channels" } })}
                >
                  To the channels
                </Button>
              )
            }
          >
            {status === undefined && "Add a channel, then schedule something that is sent by it."}
          </EmptyState>
        ) : (
          <DataTable
            caption="Messages"
            columns={columns(setOpenId)}
            rows={items}
            rowKey={({ id }) => id}
            className="max-h-[38rem]"
          />
        )}
        {outbox.hasNextPage && (
          <div className="flex justify-center pt-3">
            <Button disabled={outbox.isFetchingNextPage} onClick={() => void outbox.fetchNextPage()}>
              Show older ones
            </Button>
          </div>
        )}
      </Card>
      <DeliverySettingsCard />
      {openId !== undefined && <DeliveryDialog id={openId} onClose={() => setOpenId(undefined)} />}
    </>
  );
};

const columns = (onOpen: (id: string) => void): readonly DataColumn<Delivery>[] => [
  {
    id: "title",
    title: "Message",
    cell: ({ title, channelName, address }) => (
      <span className="block min-w-44">
        <span className="block font-medium">{title}</span>
        <span className="block text-sm text-ink-3">
          {channelName}
          {address !== undefined && ` · ${address}`}
        </span>
      </span>
    ),
  },
  {
    id: "status",
    title: "State",
    cell: ({ status, lastError }) => (
      <span className="flex flex-col items-start gap-0.5">
        <Badge tone={tones[status]}>{words[status]}</Badge>
        {status !== "delivered" && lastError !== undefined && (
          <span className="line-clamp-2 max-w-72 text-xs text-ink-3">{lastError}</span>
        )}
      </span>
    ),
  },
  { id: "attempts", title: "Tries", isNumber: true, cell: ({ attempts }) => attempts },
  {
    id: "at",
    title: "Made",
    cell: ({ createdAt }) => <span className="whitespace-nowrap">{formatMoment(createdAt)}</span>,
  },
  {
    id: "actions",
    title: "Actions",
    isTitleHidden: true,
    cell: ({ id, title }) => (
      <Button size="sm" aria-label={`Open ${title}`} onClick={() => onOpen(id)}>
        Open
      </Button>
    ),
  },
];

const DeliverySettingsCard = () => {
  const mayChange = useMay("administer");
  const settings = useQuery({
    queryKey: ["delivery-settings"],
    queryFn: ({ signal }) => call("GET /api/v1/delivery-settings", { signal }),
  });
  const save = useChange({
    run: (body: Answer<"GET /api/v1/delivery-settings">) => call("PUT /api/v1/delivery-settings", { body }),
    refreshes: ["delivery-settings"],
    done: "Settings of delivery saved",
    isFormShowingProblem: true,
  });
  if (settings.isError) return null;
  if (settings.data === undefined) return <Skeleton className="h-40 w-full" />;
  const { allowedNetworks, maxAttempts, keepDays, version } = settings.data;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      version,
      maxAttempts: Number(form.get("maxAttempts")),
      keepDays: Number(form.get("keepDays")),
      allowedNetworks: `${form.get("networks")}`.split(/[\s,]+/).filter((text) => text !== ""),
    });
  };
  return (
    <Card title="How messages are sent" about="For every channel">
      <form key={version} onSubmit={onSubmit}>
        <fieldset disabled={!mayChange} className="flex max-w-md flex-col gap-4">
          <Field
            label="Tries before a message is given up"
            name="maxAttempts"
            type="number"
            min={1}
            max={100}
            defaultValue={maxAttempts}
          />
          <Field
            label="Days that delivered messages are kept"
            name="keepDays"
            type="number"
            min={1}
            max={3650}
            defaultValue={keepDays}
          />
          <TextAreaField
            label="Private networks that channels may reach"
            name="networks"
            rows={3}
            defaultValue={allowedNetworks.join("\n")}
            hint="One a line, such as 10.1.0.0/16. All other private addresses are refused."
          />
          {mayChange ? (
            <FormFoot action="Save" isBusy={save.isPending} error={save.error} />
          ) : (
            <p className="text-sm text-ink-3">Only administrators change these.</p>
          )}
        </fieldset>
      </form>
    </Card>
  );
};
