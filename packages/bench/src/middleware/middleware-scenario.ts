import { type Forked, forkModule } from "@claviger/testing";
import type { Entrant } from "../measure/measure.js";
import { closeAll, type Scenario } from "../scenario.js";
import { type Framework, GUARDS, type Guard } from "./contestants.js";
import { fire, proveServed } from "./load.js";
import type { Served, ServeTerms } from "./serve.js";

const CONNECTIONS = 64;
const KEYS = 100;
/** Long enough for 64 new connections to be a small part of it. */
const SEGMENT_MS = 1_000;

/** A trivial route of one framework behind each guard: every server a process of its own, the load comes from this one. */
export function middlewareScenario(framework: Framework): Scenario {
  return {
    name: `middleware-${framework}`,
    title: `${framework}, a trivial route, ${CONNECTIONS} connections, ${KEYS} keys`,
    against: "floor",
    shows: "throughput",
    needs: "nothing",
    async open({ scale }) {
      const servers: { close(): Promise<void> }[] = [];
      try {
        const entrants: Entrant[] = [];
        for (const guard of GUARDS) {
          const server = await startServer({ framework, guard, keys: KEYS });
          servers.push(server);
          entrants.push(await entrantOf(guard, server.served));
        }
        // A quick or a smoke run asks for less, and is taken at its word.
        return {
          entrants,
          segmentMs: Math.min(SEGMENT_MS, scale.segmentMs * 4),
          close: () => closeAll(servers),
        };
      } catch (error) {
        await closeAll(servers);
        throw error;
      }
    },
  };
}

async function startServer(terms: ServeTerms): Promise<{ readonly served: Served; close(): Promise<void> }> {
  const server: Forked<"where", Served> = await forkModule(new URL("serve.ts", import.meta.url), terms);
  return { served: await server.ask("where"), close: () => server.kill() };
}

async function entrantOf(guard: Guard, served: Served): Promise<Entrant> {
  await proveServed(served, guard === "bare");
  return { name: guard, run: (_, segmentMs) => fire(served, CONNECTIONS, segmentMs) };
}
