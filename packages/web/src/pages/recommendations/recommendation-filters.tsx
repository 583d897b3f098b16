import { ChevronDown, X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { Segmented } from "../../components/segmented.tsx";
import {
  RANKINGS,
  type Recommendations,
  type RecommendationsSearch,
  RISKS,
} from "./recommendations-search.ts";

interface FiltersProps {
  readonly search: RecommendationsSearch;
  readonly narrowings: Recommendations["narrowings"];
  readonly onChoose: (search: RecommendationsSearch) => void;
}

const rankingTitles: Readonly<Record<(typeof RANKINGS)[number], string>> = {
  roi: "saving per hour of work",
  money: "saving",
  risk: "lowest risk",
  quick: "quick wins first",
};

const narrowed = ["risk", "advisor", "account", "region"] as const;

export const RecommendationFilters = ({ search, narrowings, onChoose }: FiltersProps) => {
  const choices = {
    risk: RISKS,
    advisor: narrowings.advisors,
    account: narrowings.accounts,
    region: narrowings.regions,
  };
  const narrow = (name: (typeof narrowed)[number], value: string) => {
    const { [name]: _, ...rest } = search;
    onChoose(value === "" ? rest : ({ ...rest, [name]: value } as RecommendationsSearch));
  };
  return (
    <div className="flex flex-wrap items-center gap-2 pb-4">
      <div className="max-w-full overflow-x-auto">
        <Segmented
          label="Status"
          value={search.status ?? "open"}
          choices={[
            { value: "open", title: "Open" },
            { value: "accepted", title: "Accepted" },
            { value: "snoozed", title: "Snoozed" },
            { value: "dismissed", title: "Dismissed" },
            { value: "all", title: "All" },
          ]}
          onChoose={(status) => onChoose({ ...search, status })}
        />
      </div>
      <ChoiceMenu
        label="Ranked by"
        value={search.rank ?? "roi"}
        choices={RANKINGS.map((value) => ({ value, title: rankingTitles[value] }))}
        onChoose={(rank) => onChoose({ ...search, rank })}
        trigger={
          <Button>
            By {rankingTitles[search.rank ?? "roi"]}
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
      />
      {narrowed.map((name) => (
        <ChoiceMenu
          key={name}
          label={name}
          value={search[name] ?? ""}
          choices={[
            { value: "", title: `Any ${name}` },
            ...choices[name].map((value) => ({ value, title: value })),
          ]}
          onChoose={(value) => narrow(name, value)}
          trigger={
            <Button className={search[name] === undefined ? "" : "border-accent"}>
              <span className="max-w-44 truncate">
                {search[name] === undefined ? `Any ${name}` : `${name}: ${search[name]}`}
              </span>
              <ChevronDown size={14} aria-hidden />
            </Button>
          }
        />
      ))}
      {narrowed.some((name) => search[name] !== undefined) && (
        <Button
          kind="quiet"
          onClick={() => {
            const { risk: _r, advisor: _a, account: _c, region: _g, ...rest } = search;
            onChoose(rest);
          }}
        >
          <X size={14} aria-hidden />
          Clear
        </Button>
      )}
    </div>
  );
};
