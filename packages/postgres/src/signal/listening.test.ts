import { describe, expect, it } from "vitest";
import type { ListenConnection } from "./listen-connection.js";
import { startListening } from "./listening.js";

type Listener = (given?: unknown) => void;

/** A connection that works, but for what is given in place of its members. */
function connection(given: object = {}) {
  const listeners = new Map<string, Listener>();
  const calls: string[] = [];
  const members = {
    query: async (text: string) => void calls.push(text),
    on: (event: string, listener: Listener) => void listeners.set(event, listener),
    release: (isEnded: boolean) => void calls.push(`release ${isEnded}`),
    unref: () => void calls.push("unref"),
    ...given,
  };
  return { members, calls, emit: (event: string, error?: Error) => listeners.get(event)?.(error) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const trouble = (): never => {
  throw new Error("trouble");
};
const rejection = async (): Promise<never> => trouble();

/** What is told of a connection, from first to last; what nobody catches fails the run. */
async function toldOf(given: unknown, act = (): void => {}): Promise<readonly string[]> {
  const told: string[] = [];
  startListening(async () => given as ListenConnection, "channel", {
    opened: () => told.push("opened"),
    listens: () => told.push("listens"),
    heard: (payload) => told.push(payload),
    gone: (cause) => told.push(`gone: ${cause}`),
  });
  await turn();
  act();
  await turn();
  return told;
}

describe("listening", () => {
  it.each([
    [undefined, "got undefined without query, on, release"],
    [null, "got null without query, on, release"],
    ["postgres://u:p@h/d", "got a string of 18 characters without query, on, release"],
    [connection({ release: undefined }).members, "got an object without release"],
    [connection({ on: 7 }).members, "got an object without on"],
  ])("what cannot be listened on is told once, with what it lacks (%#)", async (given, lack) => {
    const [told, ...more] = await toldOf(given);
    expect(told).toBe(
      `gone: listen must give a connection with query, on and release, as connect of a Pool does; ${lack}`,
    );
    expect(more).toEqual([]);
  });

  it("what cannot be listened on is ended, and its errors end nothing", async () => {
    for (const [lacking, ended] of [
      ["query", "release true"],
      ["release", "end"],
    ] as const) {
      const { members, calls, emit } = connection({ [lacking]: undefined, end: () => void calls.push("end") });
      await toldOf(members, () => emit("error", new Error("cut")));
      expect(calls).toEqual([ended]);
    }
  });

  it.each(["error", "end"])(
    "a connection that is cut (%s) is told once with its cause, and given back once",
    async (event) => {
      const { members, calls, emit } = connection();
      const told = await toldOf(members, () => {
        for (let times = 0; times < 2; times += 1) emit(event, event === "error" ? new Error("cut") : undefined);
      });
      expect(told).toEqual(["opened", "listens", `gone: ${event === "error" ? "cut" : "the connection ended"}`]);
      expect(calls).toEqual(["unref", 'LISTEN "channel"', "release true"]);
    },
  );

  it.each([
    ["query", trouble, ["opened", "gone: trouble"]],
    ["query", rejection, ["opened", "gone: trouble"]],
    ["on", trouble, ["gone: trouble"]],
    ["unref", trouble, ["opened", "listens", "gone: cut"]],
    ["unref", rejection, ["opened", "listens", "gone: cut"]],
    ["release", trouble, ["opened", "listens", "gone: cut"]],
    ["release", rejection, ["opened", "listens", "gone: cut"]],
  ])("a connection whose %s is in trouble harms nothing else (%#)", async (name, member, expected) => {
    const { members, emit } = connection({ [name]: member });
    expect(await toldOf(members, () => emit("error", new Error("cut")))).toEqual(expected);
  });

  it("one that comes when it is over is given back, whatever it is, and nothing is told", async () => {
    const late = connection();
    for (const given of [late.members, connection({ on: trouble, release: rejection }).members, undefined]) {
      const told: string[] = [];
      const say = (): void => void told.push("told");
      const listening = startListening(async () => given as ListenConnection, "channel", {
        opened: say,
        listens: say,
        heard: say,
        gone: say,
      });
      listening.end();
      await turn();
      late.emit("error", new Error("cut"));
      expect(told).toEqual([]);
    }
    expect(late.calls).toEqual(["release true"]);
  });
});
