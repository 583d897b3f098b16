import { CircleCheck, Clock, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Answer } from "../api/client.ts";
import { formatCount } from "../format/numbers.ts";

type Upload = Answer<"GET /api/v1/uploads">["items"][number];

const icons = {
  waiting: <Clock size={16} aria-hidden className="text-ink-3" />,
  loading: <LoaderCircle size={16} aria-hidden className="animate-spin text-accent" />,
  loaded: <CircleCheck size={16} aria-hidden className="text-down" />,
  failed: <TriangleAlert size={16} aria-hidden className="text-danger" />,
} as const;

/** Bills on their way into the lake, and what became of them. */
export const UploadList = ({ uploads }: { readonly uploads: readonly Upload[] }) => (
  <ul aria-live="polite" className="mt-2 flex flex-col divide-y divide-line">
    {uploads.map((upload) => (
      <li key={upload.id} className="flex gap-3 py-2.5">
        <span className="mt-0.5">{icons[upload.status]}</span>
        <span className="min-w-0 grow">
          <span className="block truncate font-medium">{upload.name}</span>
          <UploadState upload={upload} />
        </span>
      </li>
    ))}
  </ul>
);

const UploadState = ({
  upload: { status, step, done, total, result, problem },
}: {
  readonly upload: Upload;
}) => {
  if (status === "failed" && problem !== null) {
    return (
      <span className="block text-sm text-ink-2">
        {problem.detail} <span className="text-ink-3">{problem.hint}</span>{" "}
        <span className="font-mono text-xs text-ink-3">{problem.code}</span>
      </span>
    );
  }
  if (status === "loaded" && result !== null) {
    return (
      <span className="block text-sm text-ink-3">
        {formatCount(result.rows)} charges loaded
        {result.quarantined > 0 && `, ${formatCount(result.quarantined)} rows set aside`}
        {result.notes.map((note) => (
          <span key={note} className="block">
            {note}
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className="block text-sm text-ink-3">
      {status === "waiting" ? "Waiting" : (step ?? "Loading")}
      {total > 0 && (
        <progress value={done} max={total} aria-label="Progress" className="ml-2 h-1.5 w-32 accent-accent" />
      )}
    </span>
  );
};
