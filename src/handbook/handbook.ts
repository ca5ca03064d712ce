import { pageOf, servicePage } from "../curriculum/pages.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import { conceptPages, type Texts } from "./concepts.ts";
import { handbookCourse } from "./course.ts";
import { flowPage } from "./flow-page.ts";
import { labPages } from "./lab-pages.ts";
import type { Handbook } from "./layout.ts";
import type { RolesOf } from "./parts.ts";
import type { KnownValues } from "./placeholders.ts";
import { servicePageOf } from "./service-page.ts";
import { startPage } from "./start-page.ts";
import { labName } from "./step-section.ts";
import type { Source } from "./types.ts";
import { secretTokens } from "./values.ts";

/** The handbook of a stack: every page, in reading order. */
export function handbookOf(source: Source, texts: Texts): Handbook {
  const { stack, config, observed, share, day } = source;
  const secrets = share ? {} : secretTokens(source);
  const known: KnownValues = { secret: (token) => secrets[token] };
  const nodes = plannedNodes(config).map(
    (place) => observed.nodes.find(({ name }) => name === place.name) ?? place,
  );
  const rolesOf: RolesOf = (node) => config.nodes[node]?.roles ?? [];
  const course = handbookCourse(source);
  const flow = flowPage({
    nodesOf: (role) => Object.keys(config.nodes).filter((name) => rolesOf(name).includes(role)),
    rolesOf,
    services: new Set(course.map(({ service }) => service.id)),
  });
  const addresses = new Set(
    course.flatMap(({ service, steps }) => [
      servicePage(service.id),
      ...steps.map(({ step }) => pageOf(step)),
    ]),
  );
  const lab = labName(config.lab);
  return {
    title: `${lab} handbook`,
    stack,
    lab,
    day,
    pages: [
      startPage({ source, nodes, course, known, rolesOf }),
      ...conceptPages(texts, (address) => addresses.has(address)),
      ...labPages(source),
      ...course.map((item) => servicePageOf(source, item, known, rolesOf)),
      flow,
    ],
  };
}
