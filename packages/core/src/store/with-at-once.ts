import { ownForm } from "./own-form.js";

/** A function of a store, with the form of it that waits for nothing: see {@link ownForm}. */
export function withAtOnce<Call extends object, Form>(call: Call, form: Form): Call & { readonly atOnce: Form } {
  return ownForm(call, "atOnce", form);
}
