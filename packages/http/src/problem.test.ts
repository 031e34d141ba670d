import { expect, it } from "vitest";
import { PROBLEMS } from "./problem.js";

it.each(Object.entries(PROBLEMS))(
  "%s has type, title, status and detail, and no instance (RFC 9457)",
  (name, { status, body }) => {
    expect(JSON.parse(body)).toEqual({
      type: `https://claviger.dev/problems/${name}`,
      title: expect.stringMatching(/\S/),
      status,
      detail: expect.stringMatching(/\S/),
    });
    // A character is a byte, so that a length is the same everywhere.
    expect(body).toMatch(/^[\x20-\x7e]+$/);
  },
);
