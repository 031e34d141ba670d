import { testListPlans } from "./list-plans.js";

testListPlans(50_000, 300);
