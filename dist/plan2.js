import { n as run, t as publishPlan } from "./plan.js";

export { publishPlan, run };