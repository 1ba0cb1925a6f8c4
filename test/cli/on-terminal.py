# Runs a command on a terminal of its own and copies what it writes to stdout.
#   python3 on-terminal.py COLUMNS ROWS [--send DELAY_AFTER_TEXT=TEXT]... -- COMMAND...
# Each --send waits until the text before the first "=" was written, then types what follows it.
import fcntl, os, pty, signal, struct, sys, termios

columns, rows = int(sys.argv[1]), int(sys.argv[2])
rest = sys.argv[3:]
split = rest.index("--")
sends = [word.split("=", 1) for word in rest[:split] if word != "--send"]
command = rest[split + 1 :]

pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.execvp(command[0], command)
# A command that waits for what never comes must not outlive its test.
signal.alarm(40)
signal.signal(signal.SIGALRM, lambda *_: (os.kill(pid, signal.SIGKILL), sys.exit(99)))
seen = b""
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    seen += data
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    while sends and sends[0][0].encode() in seen:
        wanted, text = sends.pop(0)
        seen = seen.split(wanted.encode(), 1)[1]
        os.write(terminal, text.encode().decode("unicode_escape").encode())
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1)
