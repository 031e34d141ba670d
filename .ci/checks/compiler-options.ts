import { join } from "node:path";
import ts from "typescript";

/** What the tsconfig.json in `directory` says. Throws where it cannot be read: other options would prove nothing. */
export function compilerOptions(directory: string): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(join(directory, "tsconfig.json"), ts.sys.readFile);
  const { options, errors } = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, directory);
  const found = error === undefined ? errors : [error];
  if (found.length > 0)
    throw new Error(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("; "));
  return options;
}
