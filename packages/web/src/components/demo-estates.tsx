import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { type Answer, call } from "../api/client.ts";
import { toProblem } from "../api/problem.ts";

type Estate = Answer<"GET /api/v1/demo">["estates"][number];

/** One click each. */
export const DemoEstates = ({ estates }: { readonly estates: readonly Estate[] }) => {
  const client = useQueryClient();
  const fill = useMutation({
    mutationFn: (estate: string) => call("POST /api/v1/demo", { body: { estate } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["uploads"] }),
  });
  return (
    <>
      <ul className="flex flex-col gap-2">
        {estates.map(({ id, title, format }) => (
          <li key={id}>
            <button
              type="button"
              disabled={fill.isPending || fill.isSuccess}
              onClick={() => fill.mutate(id)}
              className="flex w-full items-center gap-3 rounded-lg border border-line-strong px-3.5 py-2.5 text-left hover:border-control hover:bg-sunken disabled:opacity-60"
            >
              <span className="grow">
                <span className="block font-medium">{title}</span>
                <span className="block text-sm text-ink-3">{format}</span>
              </span>
              <ChevronRight size={16} aria-hidden className="text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="mt-2 text-sm text-ink-3">
        {fill.isSuccess && "Making the bills and loading them; this page fills by itself."}
      </p>
      {fill.isError && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {toProblem(fill.error).message} {toProblem(fill.error).hint}
        </p>
      )}
    </>
  );
};
