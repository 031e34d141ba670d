export function redactTokens(text: string): string {
  return text;
}
