import { testListPlans } from "./list-plans.js";

testListPlans(1_000_000, 10_000);
