import { servicePage } from "../curriculum/pages.ts";
import { serviceDependencies } from "../plan/closure.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { html, join } from "./html.ts";
import { block, labLine, type RolesOf } from "./parts.ts";
import { type KnownValues, withoutValues } from "./placeholders.ts";
import { stepSection } from "./step-section.ts";
import type { HandbookService, Page, PageContext, Source } from "./types.ts";

/** The page of a service. Each step has an anchor. */
export function servicePageOf(
  source: Pick<Source, "stack" | "config" | "observed">,
  { service, steps }: HandbookService,
  known: KnownValues,
  rolesOf: RolesOf,
): Page {
  const own = steps.filter(({ current }) => current);
  const { stack } = source;
  const intro = (context: PageContext) => {
    if (own.length === 0) {
      return html`<p class="note">This lab no longer has this service. Its steps belong to an earlier lab and are shown for comparison.</p>`;
    }
    const below = serviceDependencies(plannedSteps(source.config), service.id)
      .map((id) => labLine(stack, `up --through ${id}`))
      .join("\n");
    const label = html`This machine, in the checkout`;
    return html`<p>${own.length === 1 ? "One step" : `${own.length} steps`}, in this order. <code>lab</code> does them with this command:</p>
${block({ text: labLine(stack, `up --through ${service.id}`), label }, known, context)}
<p>Or type them yourself, as root on the node that each block names (<code>scripts/lab ssh control</code>). The next <code>lab up</code> recognizes the steps that you have done. If it needs a record for that, the step shows the command that writes it.${below === "" ? undefined : " These commands build the services before this one:"}</p>
${below === "" ? undefined : block({ text: below, label }, known, context)}`;
  };
  return {
    path: servicePage(service.id),
    title: service.title,
    part: "labs",
    group: "Services, step by step",
    sections: steps.map(({ step, see, on }) => ({
      id: step.id.split("/")[1] ?? step.id,
      title: step.title,
      text: [
        step.id,
        step.why,
        withoutValues(see),
        ...on.map(({ commands }) => withoutValues(commands)),
      ].join(" "),
    })),
    progress: {
      done: own.filter(({ done, total }) => done === total).length,
      total: own.length,
    },
    body: (context) =>
      html`${intro(context)}${join(
        steps.map((step, index) =>
          stepSection(stack, step, { index, count: steps.length }, known, rolesOf, context),
        ),
      )}`,
  };
}
