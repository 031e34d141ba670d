import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A process of a test's own. */
export interface Forked<Question, Answer> {
  /** @throws Error what the process failed at, or how it ended before it answered */
  ask(question: Question): Promise<Answer>;
  /** Kills the process where it stands. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** What a process replies to a question, or to its start, which is number 0. */
type Reply<Answer> =
  | { readonly number: number; readonly answer: Answer }
  | { readonly number: number; readonly failure: string };

/**
 * Starts a TypeScript file as a process, which calls {@link answerParent}. It ends with this process, if not before.
 *
 * @param argument what JSON can hold
 */
export async function forkModule<Question, Answer>(module: URL, argument: unknown): Promise<Forked<Question, Answer>> {
  const child = fork(module, [JSON.stringify(argument)], {
    execArgv: ["--import", "tsx", "-C", "source"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  const gone = once(child, "exit").then(([code, signal]) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process ended (${signal ?? code})`));
    waiting.clear();
  });
  child.on("message", (reply: Reply<Answer>) => {
    const asked = waiting.get(reply.number);
    waiting.delete(reply.number);
    if ("failure" in reply) asked?.reject(new Error(`in the process: ${reply.failure}`));
    else asked?.resolve(reply.answer);
  });
  let asked = 0;
  const replyTo = (number: number): Promise<Answer> =>
    new Promise((resolve, reject) => void waiting.set(number, { resolve, reject }));
  await replyTo(asked);
  return {
    ask(question) {
      if (!isRunning(child)) return Promise.reject(new Error("the process has ended"));
      asked += 1;
      const answered = replyTo(asked);
      // Should it not arrive, the process is going, and its end rejects the question.
      child.send({ number: asked, question }, () => {});
      return answered;
    },
    async kill() {
      if (isRunning(child)) child.kill("SIGKILL");
      await gone;
    },
  };
}

/** In the process: opens what it works with, and answers each question as soon as it can. */
export function answerParent<Argument, Question, Answer>(
  open: (argument: Argument) => Promise<(question: Question) => Promise<Answer>>,
): void {
  const reply = (number: number, work: Promise<Answer | undefined>): Promise<unknown> =>
    work.then(
      (answer) => process.send?.({ number, answer }),
      (error: unknown) => process.send?.({ number, failure: error instanceof Error ? error.stack : String(error) }),
    );
  const [argument = "null"] = process.argv.slice(2);
  process.on("disconnect", () => process.exit(0));
  const opened = open(JSON.parse(argument));
  void reply(
    0,
    opened.then(() => undefined),
  );
  process.on("message", ({ number, question }: { number: number; question: Question }) => {
    void reply(
      number,
      opened.then((answer) => answer(question)),
    );
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.connected;
}
