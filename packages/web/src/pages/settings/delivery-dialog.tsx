import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Facts } from "../../components/facts.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";

const outcomes = {
  delivered: "delivered",
  retry: "failed, to be tried again",
  refused: "refused for good",
  interrupted: "interrupted",
} as const;

/** A message's way: every try and how it went. */
export const DeliveryDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const delivery = useQuery({
    queryKey: ["delivery", id],
    queryFn: ({ signal }) => call("GET /api/v1/deliveries/:id", { params: { id }, signal }),
    staleTime: 0,
  });
  const refreshes = ["deliveries", "delivery"];
  const replay = useChange({
    run: () => call("POST /api/v1/deliveries/:id/replay", { params: { id } }),
    refreshes,
    done: "It is tried again",
  });
  const cancel = useChange({
    run: () => call("POST /api/v1/deliveries/:id/cancel", { params: { id } }),
    refreshes,
    done: "It won't be sent",
  });
  const found = delivery.data;
  return (
    <Dialog isOpen onClose={onClose} title={found?.title ?? "Message"} place="side">
      {delivery.isError ? (
        <ProblemPanel error={delivery.error} onRetry={() => void delivery.refetch()} />
      ) : found === undefined ? (
        <SkeletonRows count={5} className="p-4" />
      ) : (
        <div className="flex flex-col gap-5 p-4">
          <Facts
            items={[
              ["Channel", `${found.channelName} (${found.channelKind})`],
              ["To", found.address ?? "where the channel leads"],
              ["State", found.status === "dead" ? "given up" : found.status],
              ["Made", formatMoment(found.createdAt)],
              ["Delivered", found.deliveredAt === undefined ? "–" : formatMoment(found.deliveredAt)],
              ["Next try", found.nextAttemptAt === undefined ? "–" : formatMoment(found.nextAttemptAt)],
              [
                "Key",
                <code key="key" className="font-mono text-xs">
                  {found.idempotencyKey}
                </code>,
              ],
            ]}
          />
          <section aria-label="Tries">
            <h3 className="pb-2 font-semibold">Tries</h3>
            {found.tries.length === 0 ? (
              <p className="text-sm text-ink-3">None yet.</p>
            ) : (
              <ol className="flex flex-col gap-2">
                {found.tries.map(({ seq, at, outcome, detail }) => (
                  <li key={seq} className="border-l-2 border-line-strong pl-3">
                    <p className="text-sm">
                      {formatMoment(at)} · {outcomes[outcome]}
                    </p>
                    <p className="text-sm break-words text-ink-3">{detail}</p>
                  </li>
                ))}
              </ol>
            )}
          </section>
          <div className="flex gap-2">
            {found.status === "dead" && (
              <Button kind="primary" disabled={replay.isPending} onClick={() => replay.mutate(undefined)}>
                <RotateCw size={15} aria-hidden /> Send again
              </Button>
            )}
            {found.status === "waiting" && (
              <Button kind="danger" disabled={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
                Don't send
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
};
