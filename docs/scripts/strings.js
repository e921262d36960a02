/* The words of lessons' pages: tracks, tabs, terms, the record; so that they can be put into another language. */

export const WORDS = {
  tracks: { school: "School", university: "University" },
  switch: "Read as",
  leavesOut: (track, count) =>
    count
      ? `The ${track} track leaves out ${count === 1 ? "one section" : `${count} sections`} of this page.`
      : "You see the whole page.",
  byLink: (track) => `This section belongs to the ${track} track. You see it because you followed a link to it.`,
  kinds: { lists: "With lists", arrays: "With numpy" },
  which: "Which version of the exercise",
  glossary: "Glossary",
  unkept: "This browser does not keep what you say here: it will be gone when you leave the page.",
  close: "Close",
  forget: "Forget what I said",
  sure: "Forget your guesses, the exercises that you have passed and your track? What you wrote in the editors stays.",
  forgotten: "Forgotten.",
  nothing: "Nothing is kept in this browser.",
  kept: (guesses, passed, track) => {
    const parts = [
      guesses && `${guesses} ${guesses === 1 ? "guess" : "guesses"}`,
      passed && `${passed} ${passed === 1 ? "exercise" : "exercises"} passed`,
      track && `the ${track} track`,
    ].filter(Boolean);
    return `Kept in this browser: ${parts.join(", ")}.`;
  },
};
