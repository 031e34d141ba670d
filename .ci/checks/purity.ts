import { isBuiltin } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import type { Check } from "./check.js";
import { compilerOptions } from "./compiler-options.js";
import { place, root, sourceFiles } from "./workspace.js";

const CORE = join(root, "packages/core");

/** Behind `#sha256`: the one file that may be Node's. */
const NATIVE_HASH = join(CORE, "src/digest/sha256.node.ts");

/** Beside the language itself, what every runtime has and what neither reads nor draws anything. */
const UNIVERSAL = new Set(["TextEncoder", "TextDecoder", "structuredClone"]);

/** All that may be taken from packages that can also draw randomness of their own. */
const TAKEN: Readonly<Record<string, readonly string[]>> = { nanoid: ["customRandom"] };
const DRAWS = /^(randomBytes|randomUUID|getRandomValues|webcrypto|nanoid)$/;

/** They answer in the time zone or the language of the machine. */
const AMBIENT_DATE_METHOD = /^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$|^toLocale|String$/;
const EXACT_DATE_METHOD = /^to(ISO|UTC)String$/;

export const purity: Check = {
  name: "purity",
  run() {
    const files = sourceFiles(join(CORE, "src")).filter((file) => file !== NATIVE_HASH);
    const program = ts.createProgram(files, compilerOptions(CORE));
    const problems = files.flatMap((file) => {
      const source = program.getSourceFile(file);
      return source === undefined ? [`${place(file)} could not be read`] : impurities(source, program);
    });
    return { summary: `${files.length} files of core`, problems };
  },
};

function impurities(source: ts.SourceFile, program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const reason = importReason(node) ?? globalReason(node, checker, program) ?? dateReason(node, checker);
    if (reason !== undefined) found.push(`${place(source.fileName, lineOf(node, source))}: ${reason}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importReason(node: ts.Node): string | undefined {
  if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) {
    const name = (node.propertyName ?? node.name).text;
    return DRAWS.test(name) ? `${name} draws randomness` : undefined;
  }
  if (!ts.isStringLiteral(node)) return undefined;
  const isImport = ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
  const isCall = ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (!isImport && !isCall) return undefined;
  if (isBuiltin(node.text)) return `imports ${node.text}`;
  const taken = TAKEN[node.text];
  if (taken === undefined) return undefined;
  const names = ts.isImportDeclaration(node.parent) ? importedNames(node.parent) : undefined;
  return names?.every((name) => taken.includes(name))
    ? undefined
    : `takes more of ${node.text} than ${taken.join(", ")}`;
}

/** Undefined where the whole module is imported. */
function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] | undefined {
  const bindings = importClause?.namedBindings;
  if (importClause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return undefined;
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}

function globalReason(node: ts.Node, checker: ts.TypeChecker, program: ts.Program): string | undefined {
  if (!ts.isIdentifier(node) || ts.isPartOfTypeNode(node) || isMemberName(node)) return undefined;
  if (node.text === "globalThis") return "reaches for globalThis";
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  const declarations = symbol?.declarations ?? [];
  if (declarations.length === 0 || !declarations.every((declared) => isAmbient(declared.getSourceFile(), program))) {
    return undefined;
  }
  const inLanguage = declarations.some((declared) => program.isSourceFileDefaultLibrary(declared.getSourceFile()));
  if (!inLanguage) return UNIVERSAL.has(node.text) ? undefined : `reaches for ${node.text}`;
  if (node.text === "Date") return isExactDate(node) ? undefined : "reads the clock";
  if (node.text === "Math") return isExactMath(node) ? undefined : "may draw Math.random";
  return node.text === "eval" || node.text === "Function" ? `evaluates text by ${node.text}` : undefined;
}

/** A name after a dot, or of a property, is not a reference to a global. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent);
}

/** Declared by the language or by @types, not by the workspace or by what it imports. */
function isAmbient(file: ts.SourceFile, program: ts.Program): boolean {
  return program.isSourceFileDefaultLibrary(file) || file.fileName.includes("/node_modules/@types/");
}

/** `new Date(at)`, `Date.UTC(…)`, `x instanceof Date`: dates that are told what time it is. */
function isExactDate({ parent }: ts.Node): boolean {
  if (ts.isNewExpression(parent)) return (parent.arguments?.length ?? 0) > 0;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === "UTC";
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

function isExactMath({ parent }: ts.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text !== "random";
}

function dateReason(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const owner = checker.getTypeAtLocation(node.expression).symbol?.name;
  const { text: method } = node.name;
  if (owner === "Date" && AMBIENT_DATE_METHOD.test(method) && !EXACT_DATE_METHOD.test(method)) {
    return `${method} answers in the machine's time zone or language`;
  }
  const withoutTime = ts.isCallExpression(node.parent) && node.parent.arguments.length === 0;
  if (owner === "DateTimeFormat" && method.startsWith("format") && withoutTime) return `${method}() reads the clock`;
  return undefined;
}

function lineOf(node: ts.Node, source: ts.SourceFile): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
