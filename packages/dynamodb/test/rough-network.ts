import { connectionLost, type Intercept, outputOf, throttled } from "./intercept.js";

/** Odd, so that they fall on every kind of request; throttling is rare, since the SDK pauses long over it. */
const LOST_REPLY_EACH = 13;
const THROTTLED_EACH = 151;
/** An index shows an item when so many requests have been made since it was written. */
const LAG = 5;

const WRITES: readonly string[] = ["PutItemCommand", "UpdateItemCommand", "DeleteItemCommand"];

/** DynamoDB on a bad day: replies are lost, capacity is short, and indexes lag behind by a few requests. */
export function roughNetwork(): Intercept {
  const writtenAt = new Map<string, number>();
  return async ({ command, input, number }, proceed) => {
    if (number % THROTTLED_EACH === 0) throw throttled();
    const reply = await proceed();
    if (WRITES.includes(command)) {
      writtenAt.set(addressIn(input), number);
      // A count whose reply is lost is added once more: usage is counted at least once, which the kit does not allow for.
      const isCounted = addressIn(input).includes("usage#");
      if (number % LOST_REPLY_EACH === 0 && !isCounted) throw connectionLost();
    }
    if (command === "QueryCommand" && JSON.stringify(input).includes('"IndexName"')) {
      const output = outputOf(reply) as { Items?: { pk: unknown; sk: unknown }[] };
      const shown = (output.Items ?? []).filter(
        (item) => number - (writtenAt.get(nameOf(item)) ?? Number.NEGATIVE_INFINITY) > LAG,
      );
      Object.assign(output, { Items: shown });
    }
    return reply;
  };
}

function addressIn(input: unknown): string {
  const { Key, Item } = input as { Key?: { pk: unknown; sk: unknown }; Item?: { pk: unknown; sk: unknown } };
  const address = Key ?? Item;
  return address === undefined ? "" : nameOf(address);
}

function nameOf({ pk, sk }: { readonly pk: unknown; readonly sk: unknown }): string {
  return JSON.stringify([pk, sk]);
}
