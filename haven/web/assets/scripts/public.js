// Public pages work without this. It stores nothing and speaks with no other machine.
import { leaving } from "./leaving.js";
import { counting, errors, exclusive, sendOnce, takeAway } from "./forms.js";

leaving(document.querySelector("[data-exit]"));
sendOnce();
errors();
exclusive();
counting();
takeAway();
