export { quote } from "../config/quote.ts";
