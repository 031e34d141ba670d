import { type Statement, statement } from "./client/statement.js";

/** Statements by their text: for queries of which each combination of filters is one of its own. */
export function createStatementCache<Row>(): (text: string) => Statement<Row> {
  const statements = new Map<string, Statement<Row>>();
  return (text) => {
    const known = statements.get(text) ?? statement<Row>(text);
    statements.set(text, known);
    return known;
  };
}
