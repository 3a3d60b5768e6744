// Desk pages work without this; with it they are quicker.
import htmx from "htmx.org";
import { drafts } from "./drafts.js";
import { counting, errors, exclusive, sendOnce, takeAway } from "./forms.js";
import { keys } from "./keys.js";
import { menus } from "./menus.js";
import { session } from "./session.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});

sendOnce();
errors();
exclusive();
counting();
takeAway();
drafts();
keys();
menus();
session();
