import { Link } from "@tanstack/react-router";
import { Card } from "../../components/card.tsx";
import type { RecommendationLine } from "../recommendations/recommendations-search.ts";

const words: Readonly<Record<string, string>> = {
  draft: "waits for approval",
  applying: "being applied",
  failed: "stopped half-way",
  "rolled-back": "taken back",
};

/** Plans that carry it out, or did. */
export const PlansCard = ({ line }: { readonly line: RecommendationLine }) =>
  line.plans.length === 0 ? null : (
    <Card title={line.plans.length === 1 ? "Plan" : "Plans"}>
      <ul className="flex flex-col gap-1">
        {line.plans.map(({ id, status }) => (
          <li key={id}>
            <Link to="/plans/$id" params={{ id }} className="inline-block py-1 text-accent underline">
              {words[status] ?? status}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
