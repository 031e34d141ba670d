import { styleText } from "node:util";
import { redactTokens } from "claviger";

/** Tells the story, line by line. Every token that a line holds is redacted, but for the one way to show it. */
export interface Narrator {
  /** A plain line. */
  say(text: string): void;
  /** Opens the next step. */
  step(title: string): void;
  /** What is done inside the service, on the keyring. */
  act(call: string): void;
  /** What goes to the server. */
  request(line: string): void;
  /** A line of what comes back. */
  response(line: string): void;
  /** What was just seen to be true. */
  shown(fact: string): void;
  /** What was promised and did not happen. */
  broken(fact: string): void;
  /** Shows a token as it is. */
  tokenOnce(line: string): void;
}

type Style = Parameters<typeof styleText>[0];

/**
 * @param write takes a line, without its end
 * @param colours whether to write for a terminal that shows them
 */
export function createNarrator(write: (line: string) => void, colours: boolean): Narrator {
  let steps = 0;
  let hasShown = false;

  function line(text: string, style?: Style): void {
    const safe = redactTokens(text);
    write(colours && style !== undefined ? styleText(style, safe, { validateStream: false }) : safe);
  }

  /** Room between what was seen and what is tried next. */
  function breathe(): void {
    if (hasShown) write("");
    hasShown = false;
  }

  return {
    say: (text) => line(text),
    step(title) {
      steps += 1;
      hasShown = false;
      line(`\n\n${steps}. ${title}\n`, "bold");
    },
    act(call) {
      breathe();
      line(`   ${call}`, "cyan");
    },
    request(text) {
      breathe();
      line(`   > ${text}`);
    },
    response: (text) => line(`   < ${text}`, "dim"),
    shown(fact) {
      hasShown = true;
      line(`   ✓ ${fact}`, "green");
    },
    broken: (fact) => line(`   ✗ ${fact}`, "red"),
    tokenOnce: write,
  };
}
