import { Link, useParams } from "@tanstack/react-router";
import { type ComponentType, useEffect, useRef } from "react";
import { useMe } from "../../api/use-me.ts";
import { classNames } from "../../components/class-names.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { AuditSection } from "./audit-section.tsx";
import { BrandingSection } from "./branding-section.tsx";
import { ChannelsSection } from "./channels-section.tsx";
import { DeliveriesSection } from "./deliveries-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SchedulesSection } from "./schedules-section.tsx";
import { type SectionName, sectionsFor } from "./settings-sections.ts";
import { TeamsSection } from "./teams-section.tsx";
import { TokensSection } from "./tokens-section.tsx";

const shown: Readonly<Record<SectionName, ComponentType>> = {
  profile: ProfileSection,
  tokens: TokensSection,
  people: PeopleSection,
  teams: TeamsSection,
  channels: ChannelsSection,
  schedules: SchedulesSection,
  deliveries: DeliveriesSection,
  branding: BrandingSection,
  audit: AuditSection,
};

/** Sections at the left, or above on phones; each has its address. */
export const SettingsPage = () => {
  const { section } = useParams({ from: "/signed-in/settings/$section" });
  const sections = sectionsFor(useMe()?.permissions ?? []);
  const chosen = sections.find(({ name }) => name === section);
  const Section = chosen === undefined ? undefined : shown[chosen.name];
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // on phones the list scrolls sideways, and the chosen one may stand beyond its edge
    const link = list.current?.querySelector(`a[href$="/settings/${chosen?.name}"]`);
    link?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [chosen?.name]);
  return (
    <>
      <PageHeader title="Settings" about={chosen?.title} />
      <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-6">
        <nav
          ref={list}
          aria-label="Settings"
          className="-mx-4 flex gap-1 overflow-x-auto px-4 pb-1 md:mx-0 md:px-0 lg:flex-col lg:overflow-visible"
        >
          {sections.map(({ name, title }) => (
            <Link
              key={name}
              to="/settings/$section"
              params={{ section: name }}
              activeOptions={{ includeSearch: false }}
              className={classNames(
                "flex h-8.5 shrink-0 items-center rounded-md px-2.5 whitespace-nowrap text-ink-2 hover:bg-sunken hover:text-ink max-md:h-10",
                "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink",
              )}
            >
              {title}
            </Link>
          ))}
        </nav>
        <div className="flex min-w-0 flex-col gap-4">
          {Section === undefined ? (
            <EmptyState title="This part of the settings is not for you, or is not there">
              Choose another one, or ask an administrator for a role that may see it.
            </EmptyState>
          ) : (
            <Section />
          )}
        </div>
      </div>
    </>
  );
};
