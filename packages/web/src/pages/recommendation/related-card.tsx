import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Card } from "../../components/card.tsx";
import {
  type RecommendationLine,
  recommendationsOptions,
} from "../recommendations/recommendations-search.ts";

/** Other ways to the same saving, and what must not be done together with it. */
export const RelatedCard = ({ line }: { readonly line: RecommendationLine }) => {
  const isAlone = line.alternatives.length + line.conflicts.length === 0;
  const { data } = useQuery({ ...recommendationsOptions({ status: "all" }), enabled: !isAlone });
  if (isAlone) return null;
  const titles = new Map(data?.items.map(({ id, title }) => [id, title]));
  return (
    <Card title="Instead of, and not together with">
      <Links title="Choose one of it and" ids={line.alternatives} titles={titles} />
      <Links title="Not together with" ids={line.conflicts} titles={titles} />
    </Card>
  );
};

const Links = ({
  title,
  ids,
  titles,
}: {
  readonly title: string;
  readonly ids: readonly string[];
  readonly titles: ReadonlyMap<string, string>;
}) =>
  ids.length === 0 ? null : (
    <div className="mb-2">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul>
        {ids.map((id) => (
          <li key={id} className="py-1">
            <Link to="/recommendations/$id" params={{ id }} className="text-accent underline">
              {titles.get(id) ?? id}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
