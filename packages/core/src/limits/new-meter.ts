import { plainMaker } from "../value/plain-maker.js";
import type { Meter } from "./charge.js";

type GcraMeter = Meter & { readonly form: "gcra" };
type WindowMeter = Meter & { readonly form: "window" };

const Gcra = plainMaker<[tatUs: number], GcraMeter>(function (tatUs) {
  this.form = "gcra";
  this.tatUs = tatUs;
});

const Window = plainMaker<[windowAt: number, used: number], WindowMeter>(function (windowAt, used) {
  this.form = "window";
  this.windowAt = windowAt;
  this.used = used;
});

/** @param tatUs epoch µs */
export function gcraMeter(tatUs: number): Meter {
  return new Gcra(tatUs);
}

/** @param windowAt epoch ms */
export function windowMeter(windowAt: number, used: number): Meter {
  return new Window(windowAt, used);
}
