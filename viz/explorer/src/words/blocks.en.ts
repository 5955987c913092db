// English, for the pictures of groupings and of overlap.
export const blocks = {
  blocksCount: "{states} States share {items} items",
  blocksHelp: "could help: {who}",
  blocksNoHelp: "nobody who could help is known here",
  blocksAdding: "adding {state} would drop {items}: {names}",
  blocksUnknown: "no source speaks of {who}",
  blocksDiffer: "another source says otherwise",
  gridDoubling: "A double ring: two funders with different programmes under one theme in one State. They may well have agreed on it.",
  gridMore: "{more} funders with fewer programmes are in the table alone.",
  gridNumber: "programmes: {number}",
  gridUntil: "until {date}",
  gridBlank: "No programme known here, which is no statement about the State",
  gridBlankOne: "no programme known here",
  gridProvider: "{name}, provider, programmes: {programmes}",
};
