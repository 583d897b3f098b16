import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call } from "../api/client.ts";
import { toProblem } from "../api/problem.ts";
import { useMay } from "../api/use-me.ts";
import { formatMoment } from "../format/dates.ts";
import { Button, IconButton } from "./button.tsx";
import { MentionBox } from "./mention-box.tsx";
import { ProblemPanel } from "./problem-panel.tsx";
import { SkeletonRows } from "./skeleton.tsx";
import { toast } from "./toaster.tsx";

/** What was said about something; `subject` is a kind and an id. */
export const Comments = ({ subject }: { readonly subject: string }) => {
  const client = useQueryClient();
  const maySay = useMay("save");
  const key = ["comments", subject];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /api/v1/comments", { query: { subject }, signal }),
  });
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: key });
    await client.invalidateQueries({ queryKey: ["recommendations"] });
  };
  const remove = useMutation({
    mutationFn: (id: string) => call("DELETE /api/v1/comments/:id", { params: { id } }),
    onError: (problem) => toast(toProblem(problem).message, "failed"),
    onSettled: refresh,
  });
  if (data === undefined)
    return error === null ? (
      <SkeletonRows count={2} />
    ) : (
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    );
  return (
    <div className="flex flex-col gap-3">
      {data.items.length === 0 && <p className="text-ink-3">Nothing was said yet.</p>}
      <ol className="flex flex-col gap-3">
        {data.items.map(({ id, author, isOwn, text, at }) => (
          <li key={id} className="group">
            <div className="flex items-center justify-between gap-2 text-xs text-ink-3">
              <span>
                <span className="font-medium text-ink-2">{author}</span> · {formatMoment(at)}
              </span>
              {isOwn && (
                <IconButton label="Take this comment back" onClick={() => remove.mutate(id)}>
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              )}
            </div>
            <p className="break-words whitespace-pre-wrap">{text}</p>
          </li>
        ))}
      </ol>
      {maySay && <NewComment subject={subject} onSaid={refresh} />}
    </div>
  );
};

const NewComment = ({
  subject,
  onSaid,
}: {
  readonly subject: string;
  readonly onSaid: () => Promise<void>;
}) => {
  const [text, setText] = useState("");
  const say = useMutation({
    mutationFn: () => call("POST /api/v1/comments", { body: { subject, text } }),
    onSuccess: async () => {
      setText("");
      await onSaid();
    },
    onError: (error) => toast(`${toProblem(error).message} ${toProblem(error).hint}`, "failed"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") say.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <MentionBox label="Say something" value={text} onChange={setText} />
      <Button type="submit" className="self-end" disabled={say.isPending || text.trim() === ""}>
        Comment
      </Button>
    </form>
  );
};
