import { n as run, t as publishPlan } from "./plan2.js";

export { publishPlan, run };