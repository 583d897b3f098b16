import { useQuery } from "@tanstack/react-query";
import { Mail, MessageSquare, Plus, Radio, Webhook } from "lucide-react";
import { useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMe } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";

type Channel = Answer<"GET /api/v1/channels">["items"][number];

const icons = {
  slack: <MessageSquare size={17} aria-hidden />,
  email: <Mail size={17} aria-hidden />,
  webhook: <Webhook size={17} aria-hidden />,
} as const;

/** Ways out: Slack, email, webhooks. */
export const ChannelsSection = () => {
  const [edited, setEdited] = useState<"new" | string>();
  const channels = useQuery({
    queryKey: ["channels"],
    queryFn: ({ signal }) => call("GET /api/v1/channels", { signal }),
  });
  const add = (
    <Button kind="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden /> Add channel
    </Button>
  );
  const items = channels.data?.items;
  return (
    <Card
      title="Channels"
      about="Where reports and messages go; secrets are encrypted and never shown again"
      actions={items !== undefined && items.length > 0 && add}
    >
      {channels.isError ? (
        <ProblemPanel error={channels.error} onRetry={() => void channels.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={3} />
      ) : items.length === 0 ? (
        <EmptyState icon={<Radio size={20} aria-hidden />} title="No channel yet" actions={add}>
          Add a Slack channel, a mail server or a webhook. Then schedules can send by it.
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} onEdit={() => setEdited(channel.id)} />
          ))}
        </ul>
      )}
      {edited !== undefined && (
        <ChannelDialog {...(edited === "new" ? {} : { id: edited })} onClose={() => setEdited(undefined)} />
      )}
    </Card>
  );
};

const ChannelRow = ({ channel, onEdit }: { readonly channel: Channel; readonly onEdit: () => void }) => {
  const me = useMe();
  const { id, name, kind, enabled, target, takesAddresses } = channel;
  const test = useChange({
    run: () =>
      call("POST /api/v1/channels/:id/test", {
        params: { id },
        body: takesAddresses && me?.email !== undefined ? { address: me.email } : {},
      }),
    refreshes: [],
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <span className="flex size-9 items-center justify-center rounded-full bg-sunken text-ink-3">
        {icons[kind]}
      </span>
      <span className="min-w-32 grow">
        <span className="flex items-center gap-2 font-medium">
          {name} {!enabled && <Badge>turned off</Badge>}
        </span>
        <span className="block text-sm break-all text-ink-3">{target}</span>
      </span>
      <span className="flex gap-2">
        <Button
          size="sm"
          aria-label={`${takesAddresses ? "Test to me" : "Test"}: ${name}`}
          disabled={test.isPending}
          onClick={() => test.mutate(undefined)}
        >
          {test.isPending ? "Sending…" : takesAddresses ? "Test to me" : "Test"}
        </Button>
        <Button size="sm" aria-label={`Change ${name}`} onClick={onEdit}>
          Change
        </Button>
      </span>
      {test.data !== undefined && (
        <p role="status" className="basis-full text-sm">
          {test.data.outcome === "delivered" ? (
            <span className="text-down">The test message was delivered.</span>
          ) : (
            <span className="text-danger">The test message was not delivered: {test.data.detail}</span>
          )}
        </p>
      )}
    </li>
  );
};
