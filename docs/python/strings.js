/* The words of Python in the page, so that they can be put into another language. What is said of the
   learner's code comes from the grader itself, in the words of the command line. */

export const WORDS = {
  editor: (file) => `Your code: ${file}`,
  keys: "Ctrl + Enter checks. Tab sets lines in; to leave the editor with Tab, press Esc first.",
  leave: "Tab now leaves the editor.",
  start: "Start Python and check",
  check: "Check",
  size: (uses) => `Starting loads 6 to 13 MB${uses === "numpy" ? ", and numpy" : ""}, once, when you press the button.`,
  reset: "Start over",
  sure: "Throw away what you wrote, and start over from the empty function?",
  fresh: "This is the empty function again.",
  found: "What you wrote here last is still there.",
  unkept: "This browser does not keep your text: copy it before you leave the page.",
  loading: "Python is starting …",
  numpy: "numpy is being loaded …",
  checking: "Your code is being checked …",
  result: "How it went",
  debrief: "Debrief",
  hint: (number, total) => `Show hint ${number} of ${total}`,
  practice: "Practice: these checks run in your browser, and nothing is sent anywhere.",
  crashed: "Stopped: Python itself crashed while your code ran. It is being started anew.",
  lasted: "Stopped: the check took too long. Python is being started anew.",
  noPython: "Python could not be started in this browser.",
  noNumpy: (place) => `This exercise needs numpy, and it could not be loaded from ${place}.`,
  site: "this site",
  elsewhere: "On your computer it goes like this:",
};
