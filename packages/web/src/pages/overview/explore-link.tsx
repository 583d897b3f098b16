import { Link } from "@tanstack/react-router";
import { ArrowUpRight } from "lucide-react";
import { buttonClass } from "../../components/button.tsx";
import type { ExplorerSearch } from "../explorer/explorer-search.ts";

/** From a card to the same question in the Explorer. */
export const ExploreLink = ({
  search,
  title = "Explore",
}: {
  readonly search: ExplorerSearch;
  readonly title?: string;
}) => (
  <Link to="/explorer" search={search} className={buttonClass("quiet", "sm")}>
    {title} <ArrowUpRight size={14} aria-hidden />
  </Link>
);
