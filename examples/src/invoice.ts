export interface Invoice {
  readonly id: string;
  /** Whose it is. A key reaches the invoices of its own owner and no others. */
  readonly owner: string;
  readonly status: "draft" | "sent";
  /** The id of the key whose client sent it: which program did it can be told afterwards. */
  readonly sentBy: string | null;
  readonly customer: string;
  readonly amountCents: number;
}

/** What the API has on its books when it starts. */
export const FIRST_INVOICES: readonly Invoice[] = [
  { id: "inv_1", owner: "anna", status: "sent", sentBy: null, customer: "Harbour Books", amountCents: 12_900 },
  { id: "inv_2", owner: "anna", status: "draft", sentBy: null, customer: "Café Nord", amountCents: 4_250 },
  { id: "inv_3", owner: "bert", status: "draft", sentBy: null, customer: "Sail & Rope", amountCents: 88_000 },
];
