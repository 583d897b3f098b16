import type { Instant } from "@trimtab/domain";
import {
  addComment,
  type Comment,
  listComments,
  listMentions,
  markMentionsRead,
  removeComment,
} from "../../state/comments.ts";
import { listPlans } from "../../state/plans.ts";
import { listProgrammes } from "../../state/programmes.ts";
import type { Caller } from "../access/caller.ts";
import { mentionsIn, readPeopleNames } from "../access/people-names.ts";
import type { RouteHandlers } from "../contract.ts";
import type { commentContracts } from "../contracts/comments.ts";
import { serverErrors } from "../errors.ts";
import type { ShownRecommendations } from "../work/shown-recommendations.ts";
import type { WorkParts } from "../work/work-parts.ts";

/** How many mentions a page shows: older ones are found where they were said. */
const MENTIONS = 100;

export const commentHandlers = (
  { state }: Pick<WorkParts, "state">,
  shown: ShownRecommendations,
): RouteHandlers<typeof commentContracts> => {
  /** Plans, programmes and their tasks speak of the whole lake. */
  const mayKnow = async (caller: Caller, subject: string, signal: AbortSignal): Promise<boolean> => {
    const [kind, id = ""] = subject.split(/ (.*)/s);
    if (kind === "recommendation") return await shown.has(caller, id, signal);
    if (caller.scope !== "unrestricted") return false;
    if (kind === "plan") return (await listPlans(state)).some((plan) => plan.id === id);
    const [programme] = id.split("/");
    return (await listProgrammes(state)).some((row) => row.id === programme);
  };
  const requireKnown = async (caller: Caller, subject: string, signal: AbortSignal): Promise<void> => {
    if (await mayKnow(caller, subject, signal)) return;
    throw serverErrors.create("SERVER_NOT_FOUND", { what: "subject", id: subject });
  };
  const tellFor = async (caller: Caller) => {
    const names = await readPeopleNames(state);
    return ({ author, text, mentions, ...comment }: Comment) => ({
      ...comment,
      author: names.told(author),
      isOwn: author === caller.actor,
      text: names.toldText(text),
      mentions: mentions.map(names.told),
    });
  };
  return {
    listComments: async ({ query, caller, signal }) => {
      await requireKnown(caller, query.subject, signal);
      const told = await tellFor(caller);
      return { items: (await listComments(state, query.subject)).map(told) };
    },
    addComment: async ({ body, caller, signal }) => {
      await requireKnown(caller, body.subject, signal);
      const text = (await readPeopleNames(state)).keptText(body.text);
      const said = await addComment(state, caller.actor, { ...body, text, mentions: mentionsIn(text) });
      return (await tellFor(caller))(said);
    },
    removeComment: async ({ params, caller }) => {
      await removeComment(state, caller.actor, params.id);
      return null;
    },
    listMentions: async ({ caller, signal }) => {
      const { comments, readUntil } = await listMentions(state, caller.actor, MENTIONS);
      const told = await tellFor(caller);
      const items = [];
      for (const comment of comments)
        if (await mayKnow(caller, comment.subject, signal)) items.push(told(comment));
      const isNew = (at: string) => readUntil === undefined || Date.parse(at) > Date.parse(readUntil);
      return { items, unread: items.filter(({ at }) => isNew(at)).length };
    },
    readMentions: async ({ body, caller }) => {
      await markMentionsRead(state, caller.actor, body.until as Instant);
      return null;
    },
  };
};
