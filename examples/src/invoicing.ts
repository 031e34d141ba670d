import type { ApiKey } from "claviger";
import { FIRST_INVOICES, type Invoice } from "./invoice.js";

/** What a route answers with, in any framework. */
export interface Reply {
  readonly status: 200 | 404 | 409;
  readonly body: { readonly [field: string]: unknown };
}

/** What the API does once it knows whose key came with the request. No framework, and no token, gets this far. */
export interface Invoicing {
  /** The invoices of the key's owner. */
  list(key: ApiKey): Reply;
  /** One of them; 404 for another owner's too. */
  read(key: ApiKey, id: string): Reply;
  /** Sends a draft to its customer; 409 once it has been sent. */
  send(key: ApiKey, id: string): Reply;
}

/** Invoices in memory: everything begins anew when the process does. */
export function createInvoicing(): Invoicing {
  const invoices = new Map(FIRST_INVOICES.map((invoice) => [invoice.id, invoice]));

  function ofOwner({ owner }: ApiKey, id: string): Invoice | undefined {
    const invoice = invoices.get(id);
    return invoice?.owner === owner ? invoice : undefined;
  }

  return {
    list: ({ owner }) => ok({ invoices: [...invoices.values()].filter((invoice) => invoice.owner === owner) }),
    read(key, id) {
      const invoice = ofOwner(key, id);
      return invoice === undefined ? NO_SUCH_INVOICE : ok({ invoice });
    },
    send(key, id) {
      const invoice = ofOwner(key, id);
      if (invoice === undefined) return NO_SUCH_INVOICE;
      if (invoice.status === "sent") return ALREADY_SENT;
      const sent: Invoice = { ...invoice, status: "sent", sentBy: key.id };
      invoices.set(id, sent);
      return ok({ invoice: sent });
    },
  };
}

const NO_SUCH_INVOICE: Reply = { status: 404, body: { error: "there is no such invoice" } };
const ALREADY_SENT: Reply = { status: 409, body: { error: "the invoice has been sent already" } };

function ok(body: Reply["body"]): Reply {
  return { status: 200, body };
}
