import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../src/demo/arguments.js";
import { listen } from "../src/listen.js";
import { startDemo } from "./demo-process.js";

describe("the command line", () => {
  it("without arguments: Express, any free port, and the story only", () => {
    expect(parseCommandLine([])).toEqual({ kind: "run", options: { framework: "express", port: 0, serve: false } });
  });

  it("takes all of its options together", () => {
    const args = ["--serve", "--framework", "koa", "--port=8080"];
    expect(parseCommandLine(args)).toEqual({ kind: "run", options: { framework: "koa", port: 8080, serve: true } });
  });

  it.each([
    { args: ["--serv"], problem: "Unknown option '--serv'" },
    { args: ["serve"], problem: "Unexpected argument 'serve'" },
    { args: ["--serve=yes"], problem: "Option '--serve' does not take an argument" },
    { args: ["--port"], problem: "Option '--port <value>' argument missing" },
    { args: ["--framework", "fastify"], problem: "--framework must be one of express, hono, koa; given: fastify" },
    {
      args: ["--framework", "constructor"],
      problem: "--framework must be one of express, hono, koa; given: constructor",
    },
    { args: ["--port", "65536"], problem: "--port must be a number from 0 to 65535; given: 65536" },
    { args: ["--port", "1e3"], problem: "--port must be a number from 0 to 65535; given: 1e3" },
  ])("refuses $args, and says why", ({ args, problem }) => {
    expect(parseCommandLine(args)).toEqual({ kind: "misuse", problem });
  });

  it("ends with 2, the reason and the usage where it makes no sense", async () => {
    const { exitCode, stdout, stderr } = await startDemo(["--loud"]).ended;

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^demo: Unknown option '--loud'\n\nUsage: npm run demo/);
    expect(stdout).toBe("");
  });

  it("ends with 0 and the usage when asked for help", async () => {
    const { exitCode, stdout } = await startDemo(["--help"]).ended;

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run demo/);
  });

  it("ends with 1 and names the port where it is in use", async () => {
    const other = await listen((_, response) => response.end(), 0);
    const port = new URL(other.url).port;
    const { exitCode, stderr } = await startDemo(["--port", port]).ended;
    await other.close();

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`port ${port} is in use; choose another one with --port`);
  });

  it("ends with 1 where the database cannot be reached, and does not repeat its password", async () => {
    const closed = await listen((_, response) => response.end(), 0);
    await closed.close();
    const DATABASE_URL = `postgres://anna:pa55word@127.0.0.1:${new URL(closed.url).port}/nowhere`;
    const { exitCode, stdout, stderr } = await startDemo([], { DATABASE_URL }).ended;

    expect(exitCode).toBe(1);
    expect(stderr).toContain("the database that DATABASE_URL names cannot be used");
    expect(stdout + stderr).not.toContain("pa55word");
  });
});
