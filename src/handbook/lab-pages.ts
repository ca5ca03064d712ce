import { LABS } from "../curriculum/labs.ts";
import { pageOf, servicePage } from "../curriculum/pages.ts";
import type { Lab, Service } from "../curriculum/types.ts";
import { type Html, html } from "./html.ts";
import { block, labLine } from "./parts.ts";
import { type KnownValues, NO_VALUES } from "./placeholders.ts";
import { labName } from "./step-section.ts";
import type { Page, PageContext, Source } from "./types.ts";

/** A page for each lab: all its steps in order, as a table of contents. */
export function labPages({ stack, config }: Pick<Source, "stack" | "config">): Page[] {
  const labs = Object.values(LABS).sort((a, b) => (a.id < b.id ? -1 : 1));
  return labs.map((lab, index) => {
    const before = labs[index - 1];
    const known = new Set(before?.services.flatMap(({ steps }) => steps.map(({ id }) => id)));
    const reached = lab.id <= config.lab;
    return {
      path: `labs/${lab.id}.html`,
      title: `${labName(lab.id)}: ${lab.title}`,
      short: labName(lab.id),
      part: "labs",
      group: "Steps in order",
      sections: [],
      body: (context) => html`${about(lab, before, reached, stack, NO_VALUES, context)}
<ol class="order">${lab.services.map((service) => entry(service, known, reached, context))}</ol>`,
    };
  });
}

function about(
  lab: Lab,
  before: Lab | undefined,
  reached: boolean,
  stack: string,
  known: KnownValues,
  context: PageContext,
): Html {
  const roles = lab.roles.join(", ");
  const count = lab.services.reduce((sum, { steps }) => sum + steps.length, 0);
  const label = html`This machine, in the checkout`;
  return html`<p>${count} steps of ${lab.services.length} services, on nodes with the roles ${roles}. In this order, each step finds what it needs.${
    before === undefined
      ? undefined
      : html` This lab continues <a href="${context.root}labs/${before.id}.html">${labName(before.id)}</a>. Paler steps belong to the earlier lab and are already done.`
  }</p>
${
  reached
    ? undefined
    : html`<p class="note">This stack has not reached this lab. Build it with this command, then write the handbook again. Its steps then have pages.</p>
${block({ text: labLine(stack, `up --lab ${lab.id}`), label }, known, context)}`
}`;
}

function entry(service: Service, known: ReadonlySet<string>, reached: boolean, { root }: PageContext): Html {
  const fresh = service.steps.some(({ id }) => !known.has(id));
  const name = reached
    ? html`<a href="${root}${servicePage(service.id)}">${service.title}</a>`
    : service.title;
  return html`<li${fresh ? undefined : html` class="before"`}><h2>${name}</h2><ol>${service.steps.map(
    ({ id, title }) => {
      const words = reached ? html`<a href="${root}${pageOf({ id })}">${title}</a>` : title;
      return html`<li${known.has(id) && fresh ? html` class="before"` : undefined}>${words}</li>`;
    },
  )}</ol></li>`;
}
