// Stands in for `signal-exit` in every bundle. The real one replaces `process.emit` and
// `process.reallyExit` on import, which in an extension host is everybody's process. Its only
// caller is proper-lockfile, to drop locks at exit; the lock's stale time does that for us.
module.exports = () => () => {};
module.exports.default = module.exports;
