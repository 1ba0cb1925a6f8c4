/** No message is longer than this, in bytes of its JSON: the editor copies each one several times. */
export const maxMessageBytes = 16 * 1024;

/** The most messages of one panel that are sent in any second, answers included unless the page asks for more. */
export const maxMessagesASecond = 10;

/** How many of them may follow each other closely after a quiet time. */
export const pushesAtOnce = 4;

/** Bytes of log in one chunk; what JSON adds (escapes) still fits into a message. */
export const maxLogChunkBytes = 12 * 1024;

/** The same for one that comes with a change, which has rows to tell, too. */
export const maxLogStepBytes = 4 * 1024;

/** The most rows a window of the list may ask for. */
export const maxWindowRows = 48;

/** Tasks of one execution that are sent at first, and with each "show more". */
export const taskPageSize = 200;

/** Longest texts of the parts of a message, in UTF-16 units; the host cuts, the guards refuse. */
export const maxText = {
  id: 400,
  /** Holds the address of a folder. */
  key: 2000,
  name: 160,
  rowMessage: 160,
  message: 1000,
  query: 200,
  groupName: 100,
  value: 160,
} as const;
