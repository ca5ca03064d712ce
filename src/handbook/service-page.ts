import { servicePage } from "../curriculum/pages.ts";
import { buildsOn } from "../plan/closure.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { html, join } from "./html.ts";
import { type Known, plain } from "./marks.ts";
import { code, labLine, type RolesOf } from "./parts.ts";
import { stepSection } from "./step-section.ts";
import type { HandbookService, Page, Place, Source } from "./types.ts";

/** The page of a service: each of its steps an anchor. */
export function servicePageOf(
  source: Pick<Source, "stack" | "config" | "observed">,
  { service, steps }: HandbookService,
  known: Known,
  rolesOf: RolesOf,
): Page {
  const own = steps.filter(({ current }) => current);
  const { stack } = source;
  const intro = (place: Place) => {
    if (own.length === 0) {
      return html`<p class="note">This lab no longer has it: its steps belong to an earlier one, and are shown for comparison.</p>`;
    }
    const below = buildsOn(plannedSteps(source.config), service.id)
      .map((id) => labLine(stack, `up --through ${id}`))
      .join("\n");
    const label = html`This machine, in the checkout`;
    return html`<p>${own.length === 1 ? "One step" : `${own.length} steps`}, in this order. Let <code>lab</code> do them:</p>
${code({ text: labLine(stack, `up --through ${service.id}`), label }, known, place)}
<p>or type them yourself, as root on the node that each block names (<code>scripts/lab ssh control</code>). What you have typed, the next <code>lab up</code> finds done; where it needs a note for that, the step has it.${below === "" ? undefined : " These build what comes before:"}</p>
${below === "" ? undefined : code({ text: below, label }, known, place)}`;
  };
  return {
    path: servicePage(service.id),
    title: service.title,
    part: "labs",
    group: "Services, step by step",
    sections: steps.map(({ step, see, on }) => ({
      id: step.id.split("/")[1] ?? step.id,
      title: step.title,
      text: [step.id, step.why, plain(see), ...on.map(({ commands }) => plain(commands))].join(" "),
    })),
    progress: {
      done: own.filter(({ done, total }) => done === total).length,
      total: own.length,
    },
    body: (place) =>
      html`${intro(place)}${join(
        steps.map((step, index) =>
          stepSection(stack, step, { index, count: steps.length }, known, rolesOf, place),
        ),
      )}`,
  };
}
