/**
 * The program of the spawner: Perl, since most Linux systems have it, and since it starts in 3 ms and has 5 MB to copy
 * at a fork. It uses no modules, which would triple both. Arguments: the pid of its owner, and the numbers of the system
 * calls in `spawnerCalls`. Descriptor 3 is the socket to its owner; what it reads and says is in `spawner-messages.ts`.
 * Descriptor 4 is what a held process waits at for the number of its wish, four bytes.
 *
 * Some reasons, which are no comments in it because the text is part of the bundle:
 * - `pidfd_open` (434) tells of the end of a process: a signal that comes just before `select` would be seen after it.
 * - A `setsid` that is refused with EPERM (1), as for any leader, proves that the numbers are right here.
 * - Nothing is started for an owner that is gone, whose successor may have looked for leftovers already.
 * - All that can be done before the fork is done before it: each page that parent or child write after it is copied. So
 *   is `clone` the system call and not Perl's `fork`, which writes ten pages more (17 is SIGCHLD, which makes it a fork),
 *   descriptors are numbers and no file handles of Perl, and Perl's own `exec`, which would set variable after
 *   variable, only takes over where the file is a script without a first line.
 * - What the environments of all processes share is said once and kept as the addresses that `execve` wants.
 * - What keeps a child from becoming the program comes through a pipe that closes when it has become it. Its group exists
 *   by then, so that it can be signalled.
 * - A held process ends by itself when its owner has closed the other end or is gone, also with its word unread (0x42 is
 *   MSG_PEEK | MSG_DONTWAIT), and reads over words for processes that ended before theirs came. It has no environment of a
 *   task yet, so nobody takes it for a leftover.
 * - The start time of a process (`since`) is read 0.7 ms after its fork, or when it has ended and before it is waited for: the
 *   fork often has the same processor. For the same reason descriptors are closed after what there is to say was said.
 * - A fork that became no program ends with 1 (256 as `waitpid` tells it): only then there may be a word of why.
 * - A start is told with the end where that comes within 5 ms: for its owner that is one thing to do instead of two.
 * - What it opens closes with `execve`: 02000000 is O_CLOEXEC, 02002101 that and O_WRONLY | O_APPEND | O_CREAT.
 *   Descriptor 0 is /dev/null.
 * - Perl ignores SIGFPE, which a program would inherit.
 */
export const spawnerScript = String.raw`# Agent Executor: starts the tasks of a run.
my ($owner, $setsid, $execve, $clone, $openat, $dup3, $pipe2, $read, $close, $exit, $recv) = map { $_ + 0 } @ARGV;
$SIG{FPE} = 'DEFAULT';
open(my $peer, '+<&=', 3) && open(my $gate, '+<&=', 4) or exit 1;
my ($in, $alive, $out, $shared, @shared, @done, %task, %new, %at) = ('', '', '', '');
my ($pair, $bytes) = ("\0" x 8, "\0" x 1024);
sub say_it { while (length $out) { my $n = syswrite($peer, $out); exit if !$n; substr($out, 0, $n) = '' } }
sub no_start { $out .= "failed $_[0] $_[1] " . ($! + 0) . "\n" }
sub get { my $n = syscall($read, $_[0], $bytes, 1024); $n > 0 ? substr($bytes, 0, $n) : '' }
sub since {
  (my $fd = syscall($openat, -100, "/proc/$_[0]/stat", 02000000, 0)) > 0 or return '-';
  my $s = get($fd);
  syscall($close, $fd);
  (split / /, substr($s, rindex($s, ')') + 2))[19] // '-';
}
sub wait_for_word {
  do { syscall($read, 4, $pair, 4) == 4 or syscall($exit, 0) } while unpack('N', $pair) != $_[0];
  syscall($recv, 4, $pair, 4, 0x42, 0, 0) or syscall($exit, 0);
}
sub begin {
  my ($id, $held, $file, $cwd, $log, $argc, @rest) = @_;
  my @args = ($file, splice(@rest, 0, $argc));
  my ($argv, $envp) = (pack('p*', @args, undef), $shared . pack('p*', @rest, undef));
  getppid == $owner or exit;
  (my $fd = syscall($openat, -100, $log, 02002101, 0600)) > 0 or return no_start($id, 'log');
  syscall($dup3, $fd, $_, 0) for 1, 2;
  syscall($close, $fd);
  chdir($cwd) && !syscall($pipe2, $pair, 02000000) or return no_start($id, 'spawn');
  my ($r, $w) = unpack 'ii', $pair;
  my $pid = syscall($clone, 17, 0, 0, 0, 0);
  if (!$pid) {
    if (syscall($setsid) > 0) {
      wait_for_word($id) if $held;
      syscall($execve, $file, $argv, $envp);
      if ($! == 8) { %ENV = map { split /=/, $_, 2 } @shared, @rest; exec { $file } @args }
    }
    my $no = $! + 0;
    open(my $word, '>&=', $w);
    syswrite($word, $no);
    syscall($exit, 1);
  }
  my $no = $!;
  syscall($close, $w);
  if ($pid < 0) { syscall($close, $r); $! = $no; return no_start($id, 'spawn') }
  my $end = syscall(434, $pid, 0);
  $task{$id} = $new{$id} = { pid => $pid, word => $r, end => $end, age => 0 };
  if ($end > 0) { vec($alive, $end, 1) = 1; $at{$end} = $id }
}
sub tell_start {
  my ($id, $status) = @_;
  my $t = delete $new{$id} or return;
  my $why = defined $status && $status != 256 ? '' : get($t->{word});
  if ($why eq '') { $out .= "started $id $t->{pid} " . ($t->{since} // since($t->{pid})) . "\n" }
  else { $! = $why; no_start($id, 'spawn'); $t->{failed} = 1 }
  push @done, $t->{word};
}
sub look_for_end {
  my ($id) = @_;
  my $t = $task{$id};
  tell_start($id) if $new{$id} && $t->{end} < 0 && is_begun($t);
  return if $new{$id} && $t->{end} < 0;
  $t->{since} //= since($t->{pid}) if $new{$id};
  waitpid($t->{pid}, $t->{end} > 0 ? 0 : 1) or return;
  my $status = $?;
  tell_start($id, $status);
  $out .= "ended $id $status " . (kill(0, -$t->{pid}) || $! == 1 ? 1 : 0) . "\n" if !$t->{failed};
  if ($t->{end} > 0) { vec($alive, $t->{end}, 1) = 0; delete $at{$t->{end}}; push @done, $t->{end} }
  delete $task{$id};
}
sub is_begun { my $v = ''; vec($v, $_[0]{word}, 1) = 1; select($v, undef, undef, 0) > 0 }
sub share { @shared = @_; $shared = pack('p*', @shared) }
sub drop { my $t = $task{$_[0]} or return; kill 9, $t->{pid}, -$t->{pid} }

getppid == $owner && syscall($setsid) == -1 && $! == 1 && (my $own = syscall(434, $$ + 0, 0)) > 0 or exit 1;
syscall($close, $own);
vec($alive, 3, 1) = 1;
$out = "ready\n";
while (1) {
  say_it() if $out ne '';
  syscall($close, $_) for splice @done;
  my $ready = $alive;
  my $blind = grep { $_->{end} < 0 } values %task;
  my $fresh = grep { !defined $_->{since} } values %new;
  my $count = select($ready, undef, undef, $fresh ? 0.0007 : %new || $blind ? 0.005 : undef);
  next if $count < 0;
  if ($fresh && !$count) { $_->{since} //= since($_->{pid}) for values %new; next }
  if ($count) { vec($ready, $_, 1) && look_for_end($at{$_}) for keys %at }
  if ($blind) { $task{$_}{end} < 0 && look_for_end($_) for keys %task }
  if (vec($ready, 3, 1) && $count) {
    sysread($peer, $in, 65536, length $in) or exit;
    while (length $in >= 4 && length $in >= 4 + (my $length = unpack 'N', $in)) {
      my ($what, @fields) = split /\0/, substr($in, 4, $length), -1;
      substr($in, 0, 4 + $length) = '';
      $what eq 'start' ? begin(@fields) : $what eq 'shared' ? share(@fields) : drop(@fields);
    }
  }
  for (keys %new) { tell_start($_) if (!$count || $new{$_}{age}++ > 8) && is_begun($new{$_}) }
}
`;

/**
 * The numbers of the system calls `setsid`, `execve`, `clone`, `openat`, `dup3`, `pipe2`, `read`, `close`,
 * `exit_group` and `recvfrom`, in the order in which the program takes them.
 */
export const spawnerCalls: Partial<Record<NodeJS.Architecture, readonly number[]>> = {
  x64: [112, 59, 56, 257, 292, 293, 0, 3, 231, 45],
  arm64: [157, 221, 220, 56, 24, 59, 63, 57, 94, 207],
};
