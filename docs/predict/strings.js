/* The words around a prediction, so that they can be put into another language. Question, choices and reason come
   from the lesson. */

const both = (one, other) => [one, other].filter(Boolean).join(" and ");

const ends = (guess, answer) => `At the right end you said ${guess}. It is ${answer}`;

export const WORDS = {
  guess: "That’s my guess",
  show: "Show me",
  again: "Guess again",
  yours: "your guess",
  right: "so it is",
  number: (unit) => (unit ? `Your guess, in ${unit}` : "Your guess"),
  first: "Choose one of them first. If you would rather not guess, press “Show me”.",
  noNumber: (text) =>
    text ? `“${text}” is not a number. Write it like 12 or 0.5.` : "Write a number first, like 12 or 0.5.",
  noCurve: "Draw your curve first, or write its heights as numbers below.",
  tooShort: "Draw on to the right edge: your curve is not finished yet.",
  veiled: (what) => `The next part${what ? `, ${what},` : ""} is veiled until you have guessed.`,
  behind: (figures, tables, outputs) =>
    both(
      figures ? "with a figure" : tables ? "with a table" : outputs ? "with what the code prints" : "",
      figures && tables ? "a table" : "",
    ),
  // What is said of a guess: right, close or other. The marks stand around the guess and the answer.
  choice: {
    right: ["You said “", "”, and so it is."],
    other: ["You said “", "”. It is “", "”."],
    shown: ["It is “", "”."],
  },
  said: {
    right: (guess) => `You said ${guess}, and so it is.`,
    close: (guess, answer) => `You said ${guess}. It is ${answer}, so you were close.`,
    other: (guess, answer) => `You said ${guess}. It is ${answer}.`,
    shown: (answer) => `It is ${answer}.`,
  },
  curve: {
    right: (guess, answer) => `${ends(guess, answer)}, and your whole curve lies on it or nearly so.`,
    close: (guess, answer) => `${ends(guess, answer)}, and your curve goes much the same way.`,
    other: (guess, answer) => `${ends(guess, answer)}, and on its way the curve goes differently.`,
    shown: (answer) => `At the right end it is ${answer}.`,
  },
  drawing: "Your curve",
  drawingKeys:
    "Draw with the finger or the mouse. With the keyboard: left and right choose a place, up and down set the " +
    "height there.",
  place: (across, x, up, y) => `${across}: ${x}; ${y === null ? "nothing yet" : `${up}: ${y}`}`,
  numbers: "Write it as numbers instead",
  compare: "The two curves as numbers",
  columns: { yours: "your guess", is: "it is" },
  height: (across, x) => `${across}: ${x}`,
  picture: (across, up) => `A curve: ${up}, for each ${across}`,
  drawn: "yours",
  true: "it is",
};
