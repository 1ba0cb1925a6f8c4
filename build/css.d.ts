// A bundler's side effect import of a style sheet.
declare module '*.css';
